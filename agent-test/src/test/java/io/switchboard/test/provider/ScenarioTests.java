package io.switchboard.test.provider;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A scenario answers by its name, its settings and the request alone.
 */
class ScenarioTests {

	@Test
	void steadyAnswersTheSameQuestionTheSameWay() {
		Function<ChatRequest, Reply> steady = Scenario.parse("steady:tokens=5,pace=7ms,delay=2s");

		Completion answer = (Completion) steady.apply(request("Hi"));

		assertThat(answer).isEqualTo(steady.apply(request("Hi"))).isNotEqualTo(steady.apply(request("Ho")));
		assertThat(answer.tokens()).hasSize(5);
		assertThat(answer.pace()).isEqualTo(Duration.ofMillis(7));
		assertThat(answer.delay()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void steadyHasDefaults() {
		assertThat(Scenario.parse("steady").apply(request("Hi")))
			.isEqualTo(Scenario.parse(Scenario.DEFAULT).apply(request("Hi")));
	}

	@Test
	void echoAnswersWithTheQuestion() {
		Completion answer = (Completion) Scenario.parse("echo").apply(request("a b"));

		assertThat(String.join("", answer.tokens())).isEqualTo("a b");
	}

	@Test
	void endlessToolsAsksForTheToolNamedOrTheFirstOffered() {
		Completion named = (Completion) Scenario.parse("endless-tools:name=orderLookup").apply(request("Hi"));
		Completion offered = (Completion) Scenario.parse("endless-tools").apply(request("Hi"));

		assertThat(named.toolCalls()).containsExactly(new ToolCall("orderLookup", "{}"));
		assertThat(offered.toolCalls()).containsExactly(new ToolCall("priceOf", "{}"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			unsteady              | 'scenario' must be one of [echo, endless-tools, silence, steady]
			steady:words=3        | 'words=3'
			steady:tokens=many    | 'tokens' must be 0 to 999999, but was 'many'
			steady:pace=20        | 'pace' must be a duration such as 20ms, 2s or 1m, but was '20'
			""", quoteCharacter = '"')
	void namesWhatIsWrongAndWhatIsAllowed(String scenario, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> Scenario.parse(scenario)).withMessageContaining(message);
	}

	private static ChatRequest request(String text) {
		return new ChatRequest(Protocol.OPENAI, Map.of(),
				Json.read("{\"messages\": [{\"role\": \"user\", \"content\": \"" + text
						+ "\"}], \"tools\": [{\"function\": {\"name\": \"priceOf\"}}]}"));
	}

}
