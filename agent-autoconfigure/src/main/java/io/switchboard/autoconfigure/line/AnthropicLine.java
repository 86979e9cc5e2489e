package io.switchboard.autoconfigure.line;

import java.util.function.Function;

import io.switchboard.ai.model.ModelLine;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * The line of Anthropic's client.
 *
 * @param calls the calls under way
 */
record AnthropicLine(OkHttpCalls calls) implements ModelLine {

	@Override
	public <T> Flux<T> call(Prompt prompt, Runnable heard, Function<Prompt, Flux<T>> call) {
		if (!(prompt.getOptions() instanceof AnthropicChatOptions options)) {
			return call.apply(prompt);
		}
		return this.calls.follow(heard, (id) -> call.apply(marked(prompt, options, id)));
	}

	private static Prompt marked(Prompt prompt, AnthropicChatOptions options, String id) {
		return prompt.mutate()
			.chatOptions(options.mutate().httpHeaders(OkHttpCalls.with(options.getHttpHeaders(), id)).build())
			.build();
	}

}
