package io.switchboard.autoconfigure.line;

import java.util.function.Function;

import io.switchboard.ai.model.ModelLine;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.api.OllamaChatOptions;

/**
 * The line of Ollama's client.
 */
final class OllamaLine implements ModelLine {

	@Override
	public <T> Flux<T> call(Prompt prompt, Runnable heard, Function<Prompt, Flux<T>> call) {
		if (!(prompt.getOptions() instanceof OllamaChatOptions)) {
			return call.apply(prompt);
		}
		return Flux.defer(() -> {
			OllamaCall followed = new OllamaCall(heard);
			// The connection last, so that the client does not take its end for that of
			// the
			// answer. Neither is anybody else to.
			return call.apply(prompt)
				.contextWrite((context) -> context.put(OllamaCall.class, followed))
				.concatWith(Flux.defer(() -> followed.isCut() ? Flux.never() : Flux.empty()))
				.doFinally((signal) -> followed.cut());
		});
	}

}
