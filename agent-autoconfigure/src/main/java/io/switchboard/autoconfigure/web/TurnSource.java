package io.switchboard.autoconfigure.web;

import java.util.List;
import java.util.Set;

import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.ai.turn.Usage;
import io.switchboard.runtime.AgentSystem;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends turns to agents. One that takes {@link TurnRequest} answers with the turn's
 * events; one that takes text answers with something, which is the whole turn.
 * <p>
 * Both are streamed, because cancelling a stream ends the work as well.
 *
 * @param system where the agents are
 * @param answers writes answers that are no text
 */
record TurnSource(AgentSystem system, JsonMapper answers) {

	/**
	 * Check that an agent takes turns.
	 * @param target the agent
	 * @throws ProblemException if it does not
	 */
	static void check(TurnTarget target) {
		Set<Class<?>> types = target.agent().messageTypes();
		if (!types.contains(TurnRequest.class) && !takesText(types)) {
			throw new ProblemException(ProblemType.NO_TURNS,
					"Agent '%s' takes no text, only %s, so it has no turns. It can be asked from the application's code."
						.formatted(target.agent().name(), types.stream().map(Class::getSimpleName).sorted().toList()));
		}
	}

	private static boolean takesText(Set<Class<?>> types) {
		return types.stream().anyMatch((type) -> type.isAssignableFrom(String.class));
	}

	/**
	 * Prepare a turn.
	 * @param target the agent
	 * @param turn the turn's id
	 * @param input what the user says
	 * @param durable whether what happens in the turn survives the process
	 * @return the turn's events; each subscription sends it
	 */
	Flux<TurnEvent> open(TurnTarget target, String turn, String input, boolean durable) {
		TurnRequest request = new TurnRequest(turn, input);
		Flux<TurnEvent> events = target.agent().messageTypes().contains(TurnRequest.class)
				? this.system.agent(target.path(), TurnRequest.class)
					.stream(durable ? request.asAccepted() : request, TurnEvent.class)
				: answerText(target, turn, input);
		return events.onErrorMap(MessageRejectedException.class, (ex) -> explain(ex, target));
	}

	private Flux<TurnEvent> answerText(TurnTarget target, String turn, String input) {
		return this.system.agent(target.path(), String.class)
			.stream(input, Object.class)
			.takeLast(1)
			.map(this::write)
			.defaultIfEmpty("")
			.flatMapIterable(
					(answer) -> List.of(new TurnStarted(turn), new TurnCompleted(turn, answer, Usage.none(), 1)));
	}

	private String write(Object answer) {
		return (answer instanceof CharSequence text) ? text.toString() : this.answers.writeValueAsString(answer);
	}

	/**
	 * A session that is not there is made when it is spoken to, unless there are as many
	 * as there may be.
	 */
	private Throwable explain(MessageRejectedException rejected, TurnTarget target) {
		if (rejected.result() != SendResult.NO_PROCESS || target.session() == null
				|| this.system.typeOf(target.agent().path()) == null) {
			return rejected;
		}
		return new ProblemException(ProblemType.TOO_MANY_SESSIONS,
				"Agent '%s' cannot take another session now: it has as many as it may, or its supervisor is down. "
					.formatted(target.agent().name()) + "Delete sessions that are over, or send it again later.",
				rejected)
			.with("path", target.path().toString());
	}

}
