package io.switchboard.ai;

import io.switchboard.AgentRef;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.turn.OutputType;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import reactor.core.publisher.Mono;

/**
 * Asks agents that call a model, for text or for a value:
 *
 * <pre class="code">
 * Mono&lt;Refund&gt; refund = ModelAgents.ask(support, "What do we owe Ada?", Refund.class);
 * </pre>
 *
 * Each subscription is a turn. It has no time-out but the budget of the agent; to cancel
 * it ends the turn. It fails with a {@link TurnFailureException} if the turn is given up,
 * and with the errors of {@link AgentRef#stream} if the agent takes no message or does
 * not come back.
 *
 * @since 0.1.0
 */
public final class ModelAgents {

	private ModelAgents() {
	}

	/**
	 * Ask for text.
	 * @param agent the agent
	 * @param input what the user says, not blank
	 * @return the answer
	 */
	public static Mono<String> ask(AgentRef<TurnRequest> agent, String input) {
		return Mono.defer(() -> answer(agent, TurnRequest.of(input)));
	}

	/**
	 * Ask for a value.
	 * @param agent the agent
	 * @param input what the user says, not blank
	 * @param type the type of the value, often a record; where it is asked for often,
	 * keep an {@link OutputType}
	 * @param <T> the type of the value
	 * @return the value
	 */
	public static <T> Mono<T> ask(AgentRef<TurnRequest> agent, String input, Class<T> type) {
		return Mono.defer(() -> ask(agent, input, OutputType.of(type)));
	}

	/**
	 * Ask for a value.
	 * @param agent the agent
	 * @param input what the user says, not blank
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 */
	public static <T> Mono<T> ask(AgentRef<TurnRequest> agent, String input, OutputType<T> type) {
		return Mono.defer(() -> ask(agent, TurnRequest.of(input), type));
	}

	/**
	 * Ask for a value, with more than text.
	 * @param agent the agent
	 * @param request what the user says
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 */
	public static <T> Mono<T> ask(AgentRef<TurnRequest> agent, TurnRequest request, OutputType<T> type) {
		return answer(agent, request.withOutput(type)).map(type::read);
	}

	private static Mono<String> answer(AgentRef<TurnRequest> agent, TurnRequest request) {
		return agent.stream(request, TurnEvent.class).takeLast(1).single().map(ModelAgents::answer);
	}

	private static String answer(TurnEvent last) {
		if (last instanceof TurnCompleted completed) {
			return completed.answer();
		}
		if (last instanceof TurnFailed failed) {
			throw new TurnFailureException(TurnFailure.of(FailureClass.of(failed.failure()), failed.detail()));
		}
		throw new IllegalStateException(
				"Turn '%s' ended with '%s', which is no answer".formatted(last.turn(), last.type()));
	}

}
