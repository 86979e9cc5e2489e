package io.switchboard.ai.model;

import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * Lines of several clients, one inside the other.
 *
 * @param lines the lines
 */
record ModelLines(List<ModelLine> lines) implements ModelLine {

	@Override
	public <T> Flux<T> call(Prompt prompt, Runnable heard, Function<Prompt, Flux<T>> call) {
		Function<Prompt, Flux<T>> result = call;
		for (ModelLine line : this.lines) {
			Function<Prompt, Flux<T>> inner = result;
			result = (asked) -> line.call(asked, heard, inner);
		}
		return result.apply(prompt);
	}

}
