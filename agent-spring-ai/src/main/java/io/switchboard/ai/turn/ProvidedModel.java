package io.switchboard.ai.turn;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.switchboard.AgentContext;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * A model and what its provider allows.
 *
 * @param call calls the model
 * @param provider says when it may be called, or {@code null} if always
 */
record ProvidedModel(ModelCall call, @Nullable ModelProvider provider) {

	/**
	 * Make a call as soon as it may be made. The time of the turn stands still until
	 * then.
	 * @param life who leads the turn
	 * @param turn the turn
	 * @param shown lets the wait be seen
	 * @param context the agent that leads it
	 * @param made makes the call
	 * @return the pieces of the answer
	 */
	Flux<ChatResponse> stream(Object life, OpenTurn turn, ShownTurn shown, AgentContext<?> context,
			Supplier<Flux<ChatResponse>> made) {
		ModelProvider shared = this.provider;
		if (shared == null) {
			return made.get();
		}
		return Flux.defer(() -> {
			turn.waits(life, now(context));
			shown.waitsForProvider(shared.name());
			return shared.call(context, () -> {
				goesOn(life, turn, shown, context);
				return made.get();
			});
		}).doFinally((signal) -> goesOn(life, turn, shown, context));
	}

	private static void goesOn(Object life, OpenTurn turn, ShownTurn shown, AgentContext<?> context) {
		turn.goesOn(life, now(context));
		shown.goesOn();
	}

	private static long now(AgentContext<?> context) {
		return context.scheduler().now(TimeUnit.MILLISECONDS);
	}

}
