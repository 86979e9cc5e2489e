package io.switchboard.ai.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelLine}.
 */
class ModelLineTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<String> asked = new ArrayList<>();

	private final Prompt prompt = new Prompt("Hi");

	@Test
	void aPlainLineCallsWithTheSamePrompt() {
		Flux<String> call = ModelLine.plain().call(this.prompt, this::heard, (prompt) -> {
			assertThat(prompt).isSameAs(this.prompt);
			return Flux.just("Hello");
		});

		StepVerifier.create(call).expectNext("Hello").expectComplete().verify(PATIENCE);
	}

	@Test
	void severalLinesAreOneInsideTheOther() {
		ModelLine line = ModelLine.of(List.of(new Adding(" there"), new Adding(", Ann")));

		Flux<String> call = line.call(this.prompt, this::heard, this::answer);

		StepVerifier.create(call).expectNext("Hello").expectComplete().verify(PATIENCE);
		assertThat(this.asked).containsExactly("Hi, Ann there", "heard", "heard");
	}

	private Flux<String> answer(Prompt prompt) {
		this.asked.add(prompt.getContents());
		return Flux.just("Hello");
	}

	private void heard() {
		this.asked.add("heard");
	}

	private record Adding(String text) implements ModelLine {

		@Override
		public <T> Flux<T> call(Prompt prompt, Runnable heard, Function<Prompt, Flux<T>> call) {
			return call.apply(new Prompt(new UserMessage(prompt.getContents() + this.text)))
				.doOnNext((piece) -> heard.run());
		}

	}

}
