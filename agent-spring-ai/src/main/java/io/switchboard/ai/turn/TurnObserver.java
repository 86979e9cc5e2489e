package io.switchboard.ai.turn;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.switchboard.AgentContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Lets those who watch see the turns of one agent, or of all that a template makes.
 *
 * @param agent the name to count by
 * @param version the version of the agent's definition, blank if it is not known
 * @param registry where observations are made
 * @param listeners who counts
 */
record TurnObserver(String agent, String version, ObservationRegistry registry, List<TurnListener> listeners) {

	/** The value of a tag that says nothing. */
	static final String NO = "none";

	private static final Logger logger = LoggerFactory.getLogger(TurnObserver.class);

	private static final String STEP = "switchboard.turn.step";

	/**
	 * Observe a turn, below what whoever asks for it is observed by.
	 * @param request what is asked for
	 * @param context the agent that leads the turn
	 * @param work begins the turn or goes on with it
	 * @return the turn's events
	 */
	Flux<TurnEvent> turn(TurnRequest request, AgentContext<?> context, Function<ObservedTurn, Flux<TurnEvent>> work) {
		return Flux.deferContextual((around) -> {
			ObservedTurn turn = new ObservedTurn(this, isOn() ? begin(request, context, around) : ObservedPart.NONE);
			return turn.around(Flux.defer(() -> work.apply(turn)));
		});
	}

	/**
	 * Whether anybody looks, which may change after the agent was made.
	 * @return {@code true} if so
	 */
	boolean isOn() {
		return !this.registry.isNoop();
	}

	private ObservedPart begin(TurnRequest request, AgentContext<?> context, ContextView around) {
		Observation observation = create("switchboard.turn", around).contextualName("turn " + this.agent)
			.highCardinalityKeyValue("agent.path", context.path().toString())
			.highCardinalityKeyValue("agent.incarnation", Long.toString(context.incarnation()))
			.highCardinalityKeyValue("turn", request.turn());
		return ObservedPart.begin(this.version.isBlank() ? observation
				: observation.highCardinalityKeyValue("agent.version", this.version));
	}

	ObservedPart beginModel(String rung, ContextView around) {
		return ObservedPart.begin(step("model", NO, rung, around).contextualName("call model"));
	}

	ObservedPart beginTool(String tool, String rung, ContextView around) {
		return ObservedPart.begin(step("tool", tool, rung, around).contextualName("call tool " + tool));
	}

	private Observation step(String kind, String tool, String rung, ContextView around) {
		return create(STEP, around).lowCardinalityKeyValue("kind", kind)
			.lowCardinalityKeyValue("tool", tool)
			.lowCardinalityKeyValue("rung", rung);
	}

	private Observation create(String name, ContextView around) {
		Observation parent = around.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		return Observation.createNotStarted(name, this.registry)
			.parentObservation(parent)
			.lowCardinalityKeyValue("agent", this.agent);
	}

	void tell(Consumer<TurnListener> news) {
		for (TurnListener listener : this.listeners) {
			try {
				news.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("Turn listener failed: listener={}", listener.getClass().getName(), ex);
			}
		}
	}

}
