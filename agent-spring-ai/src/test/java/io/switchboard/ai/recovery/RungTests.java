package io.switchboard.ai.recovery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RungTests {

	@ParameterizedTest
	@CsvSource({ "retry, retry, 1", "retry(5), retry, 5", "' feedback ( 2 ) ', feedback, 2", "compact(3), compact, 3",
			"restart, restart, 1", "summarize(2), summarize, 2", "switch-model, switch-model, 1000",
			"restart-conversation, restart-conversation, 1", "ask-human, ask-human, 1", "give-up, give-up, 1",
			"options(temperature=0.2), options, 1" })
	void isReadFromASetting(String text, String id, int times) {
		Rung rung = Rung.parse(text);

		assertThat(rung.id()).isEqualTo(id);
		assertThat(rung.times()).isEqualTo(times);
	}

	@Test
	void optionsAreReadInAnyOrder() {
		assertThat(Rung.parse("options(max-tokens=500 temperature=0.2)"))
			.isEqualTo(Rung.parse("options(temperature=0.2  max-tokens=500)"))
			.isEqualTo(new Rung.ChangeOptions(0.2, 500));
		assertThat(Rung.parse("options(max-tokens=500)")).isEqualTo(new Rung.ChangeOptions(null, 500));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pray", "retry 5", "Retry", "", "retry(5" })
	void anotherWordIsRefusedWithThoseThatAreAllowed(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rung.parse(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("switch-model");
	}

	@ParameterizedTest
	@ValueSource(strings = { "retry(0)", "retry(-1)", "retry(often)", "retry()", "switch-model(2)", "give-up(1)",
			"options", "options()", "options(top-k=3)", "options(temperature=hot)", "options(temperature=3)",
			"options(max-tokens=0)" })
	void whatDoesNotFitIsRefusedWithTheReason(String text) {
		String id = text.replaceFirst("\\(.*", "");

		assertThatIllegalArgumentException().isThrownBy(() -> Rung.parse(text)).withMessageContaining("'" + id);
	}

	@Test
	void nothingComesAfterTheEnd() {
		assertThatIllegalArgumentException().isThrownBy(() -> Ladder.of("give-up", "retry"))
			.withMessageContaining("'retry'")
			.withMessageContaining("last");
		assertThat(Ladder.of("retry", "give-up").rungs()).hasSize(2);
	}

}
