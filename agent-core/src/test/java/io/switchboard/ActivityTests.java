package io.switchboard;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Activity}.
 */
class ActivityTests {

	@Test
	void factsKeepTheirOrder() {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("rung", "retry");
		facts.put("attempt", 2);
		facts.put("delay", Duration.ofSeconds(4));
		facts.put("shown", false);
		facts.put("at", Instant.EPOCH);

		Activity activity = activity(facts);
		facts.clear();

		assertThat(activity.facts().keySet()).containsExactly("rung", "attempt", "delay", "shown", "at");
		assertThat(activity)
			.hasToString("recovering rung=retry attempt=2 delay=PT4S shown=false at=1970-01-01T00:00:00Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two\nlines" })
	void textsAreOneLine(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> activity(Map.of("input", text)))
			.withMessage("Fact 'input' is a text of %d characters: one line of one to 200 characters can be shown",
					text.length());
		assertThatIllegalArgumentException().isThrownBy(() -> new Activity(text, Instant.EPOCH, Map.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> activity(Map.of(text, 1)));
	}

	@Test
	void aLongTextIsRefusedAndNotQuoted() {
		assertThat(activity(Map.of("input", "x".repeat(200))).facts()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> activity(Map.of("input", "x".repeat(201))))
			.withMessageContaining("a text of 201 characters")
			.withMessageNotContaining("xx");
	}

	@Test
	void whatHoldsMoreThanAValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> activity(Map.of("input", List.of("x"))))
			.withMessageStartingWith("Fact 'input' is a java.util.")
			.withMessageEndingWith(": a text, a number, a truth value, an Instant or a Duration can be shown");
	}

	@Test
	void tooManyFactsAreRefused() {
		assertThat(activity(facts(16)).facts()).hasSize(16);
		assertThatIllegalArgumentException().isThrownBy(() -> activity(facts(17)))
			.withMessage("Activity 'recovering' has 17 facts: 16 are possible, so leave some out");
	}

	private static Map<String, Object> facts(int count) {
		return IntStream.range(0, count)
			.boxed()
			.collect(Collectors.toMap((number) -> "fact" + number, (number) -> number));
	}

	private static Activity activity(Map<String, Object> facts) {
		return new Activity("recovering", Instant.EPOCH, facts);
	}

}
