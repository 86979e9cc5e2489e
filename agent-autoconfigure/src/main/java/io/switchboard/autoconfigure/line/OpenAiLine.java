package io.switchboard.autoconfigure.line;

import java.util.function.Function;

import io.switchboard.ai.model.ModelLine;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * The line of OpenAI's client.
 *
 * @param calls the calls under way
 */
record OpenAiLine(OkHttpCalls calls) implements ModelLine {

	@Override
	public <T> Flux<T> call(Prompt prompt, Runnable heard, Function<Prompt, Flux<T>> call) {
		if (!(prompt.getOptions() instanceof OpenAiChatOptions options)) {
			return call.apply(prompt);
		}
		return this.calls.follow(heard, (id) -> call.apply(marked(prompt, options, id)));
	}

	private static Prompt marked(Prompt prompt, OpenAiChatOptions options, String id) {
		return prompt.mutate()
			.chatOptions(options.mutate().customHeaders(OkHttpCalls.with(options.getCustomHeaders(), id)).build())
			.build();
	}

}
