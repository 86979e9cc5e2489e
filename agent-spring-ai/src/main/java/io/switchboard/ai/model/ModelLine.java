package io.switchboard.ai.model;

import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * The line between a call of a model and the provider's socket, which clients hide: what
 * comes over it, and that it is cut as soon as nobody wants the answer any more.
 * <p>
 * You probably do not need this: with Spring Boot there is a line for the clients of
 * OpenAI, Anthropic and Ollama, which by themselves close a connection late, or not at
 * all as long as the answer has not begun. Write one for a client that does the same.
 * <p>
 * A line leaves calls alone that are not its own, which it sees by the prompt's options.
 *
 * @since 0.1.0
 */
public interface ModelLine {

	/**
	 * Call a model on subscription. When the subscription is cancelled, the connection is
	 * closed at once, whether the answer has begun or not.
	 * @param prompt what the model is asked
	 * @param heard to be run for all that comes over the connection, from any thread
	 * @param call calls the model with this prompt or a changed one
	 * @param <T> the type of the pieces
	 * @return the pieces of the answer
	 */
	<T> Flux<T> call(Prompt prompt, Runnable heard, Function<Prompt, Flux<T>> call);

	/**
	 * The line of a client that needs none.
	 * @return a line that does nothing
	 */
	static ModelLine plain() {
		return of(List.of());
	}

	/**
	 * Put lines together, each for calls of its own.
	 * @param lines the lines
	 * @return a line that is all of them
	 */
	static ModelLine of(List<? extends ModelLine> lines) {
		return new ModelLines(List.copyOf(lines));
	}

}
