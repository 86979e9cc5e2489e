package io.switchboard.ai.turn;

import java.util.function.Supplier;

import io.switchboard.AgentContext;
import io.switchboard.ai.model.ModelProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
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
	 * @param waits what the turn waits for
	 * @param shown lets the wait be seen
	 * @param context the agent that leads it
	 * @param made makes the call
	 * @return the pieces of the answer
	 */
	Flux<ChatResponse> stream(TurnWaits waits, ShownTurn shown, AgentContext<?> context,
			Supplier<Flux<ChatResponse>> made) {
		ModelProvider shared = this.provider;
		if (shared == null) {
			return made.get();
		}
		return Flux.defer(() -> {
			Disposable wait = waits.forProvider();
			shown.waitsForProvider(shared.name());
			Runnable goesOn = () -> {
				if (!wait.isDisposed()) {
					wait.dispose();
					shown.goesOn();
				}
			};
			return shared.call(context, () -> {
				goesOn.run();
				return made.get();
			})
				// Not finally: what follows an answer happens in the signal that ends the
				// call, and may be a wait of another kind
				.doOnTerminate(goesOn)
				.doOnCancel(goesOn);
		});
	}

}
