package io.switchboard.ai.fanout;

import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import reactor.core.publisher.Mono;

/**
 * One question to one agent.
 *
 * @param agent whom to ask; one below a dynamic supervisor with a template is started on
 * demand
 * @param request what to ask
 * @since 0.1.0
 */
public record FanOutCall(AgentRef<TurnRequest> agent, TurnRequest request) {

	/**
	 * Check the parts.
	 * @param agent whom to ask
	 * @param request what to ask
	 */
	public FanOutCall {
		Objects.requireNonNull(agent, "'agent' must not be null");
		Objects.requireNonNull(request, "'request' must not be null");
	}

	/**
	 * Ask on subscription. Cancelling cancels the agent's turn.
	 * @return what came of it, never empty and never an error
	 */
	Mono<FanOutResult> result() {
		AgentPath path = this.agent.path();
		// The stream is taken to its end: who leaves at the last event cuts off the
		// agent, which is not done yet
		return this.agent.stream(this.request, TurnEvent.class)
			.filter(TurnEvent::last)
			.reduce((earlier, later) -> later)
			.map((end) -> result(path, end))
			.switchIfEmpty(Mono.fromSupplier(() -> new FanOutResult.Unanswered(path, new IllegalStateException(
					"Agent '%s' ended its answer without the end of a turn: is it a model agent?".formatted(path)))))
			.onErrorResume((ex) -> Mono.just(new FanOutResult.Unanswered(path, ex)));
	}

	private static FanOutResult result(AgentPath path, TurnEvent end) {
		if (end instanceof TurnCompleted completed) {
			return new FanOutResult.Answered(path, completed.answer(), completed.usage());
		}
		if (end instanceof TurnFailed failed) {
			return new FanOutResult.Failed(path, TurnFailure.of(FailureClass.of(failed.failure()), failed.detail()));
		}
		return new FanOutResult.Unanswered(path,
				new IllegalStateException("The turn of agent '%s' ended with '%s'".formatted(path, end.type())));
	}

}
