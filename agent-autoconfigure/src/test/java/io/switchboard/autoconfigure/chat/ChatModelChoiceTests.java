package io.switchboard.autoconfigure.chat;

import java.util.List;
import java.util.stream.Stream;

import io.switchboard.autoconfigure.chat.ChatModelChoice.Candidate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link ChatModelChoice}.
 */
class ChatModelChoiceTests {

	@ParameterizedTest
	@MethodSource
	void chooses(List<Candidate> candidates, @Nullable String requested, @Nullable String expected) {
		assertThat(new ChatModelChoice(candidates).choose(requested)).isEqualTo(expected);
	}

	static Stream<Arguments> chooses() {
		List<Candidate> two = List.of(plain("openAi"), plain("ollama"));
		return Stream.of(argumentSet("none if there is none", List.of(), null, null),
				argumentSet("the only one", List.of(plain("openAi")), null, "openAi"),
				argumentSet("the one that is named", two, "ollama", "ollama"),
				argumentSet("none if the name is unknown", two, "anthropic", null),
				argumentSet("none if the name is unknown, although there is only one", List.of(plain("openAi")),
						"ollama", null),
				argumentSet("none of several", two, null, null),
				argumentSet("the primary one", List.of(plain("openAi"), primary("ollama")), null, "ollama"),
				argumentSet("the named one before the primary one", List.of(plain("openAi"), primary("ollama")),
						"openAi", "openAi"),
				argumentSet("none of several primary ones", List.of(primary("openAi"), primary("ollama")), null, null),
				argumentSet("the one that is no fallback", List.of(fallback("openAi"), plain("ollama")), null,
						"ollama"),
				argumentSet("'default' is the bean of that name", List.of(plain("default"), primary("openAi")),
						"default", "default"),
				argumentSet("'default' is the one that stands out otherwise", List.of(plain("openAi")), "default",
						"openAi"),
				argumentSet("'default' is none of several", two, "default", null));
	}

	private static Candidate plain(String name) {
		return new Candidate(name, false, false);
	}

	private static Candidate primary(String name) {
		return new Candidate(name, true, false);
	}

	private static Candidate fallback(String name) {
		return new Candidate(name, false, true);
	}

}
