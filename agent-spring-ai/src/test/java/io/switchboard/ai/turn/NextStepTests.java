package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.failure.FailureClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;

import static org.assertj.core.api.Assertions.assertThat;

class NextStepTests {

	private static final Budget BUDGET = new Budget(3, 100, Duration.ofSeconds(1));

	@Test
	void textEndsTheTurn() {
		NextStep next = NextStep.after(says("Fine."), 1, Usage.none(), BUDGET);

		assertThat(next).isEqualTo(new NextStep.Answer("Fine."));
	}

	@Test
	void anAnswerCountsEvenIfItSpentTheBudget() {
		NextStep next = NextStep.after(says("Fine."), 3, new Usage(500, 500), BUDGET);

		assertThat(next).isEqualTo(new NextStep.Answer("Fine."));
	}

	@Test
	void thoughtsAreNoAnswer() {
		AssistantMessage message = AssistantMessage.builder()
			.content("Hm. Fine.")
			.properties(Map.of("outputWithoutThoughts", "Fine."))
			.build();

		NextStep next = NextStep.after(new ModelAnswer(message, Usage.none(), "STOP"), 1, Usage.none(), BUDGET);

		assertThat(next).isEqualTo(new NextStep.Answer("Fine."));
	}

	@Test
	void toolCallsAreRun() {
		ModelAnswer answer = callsTool();

		NextStep next = NextStep.after(answer, 2, new Usage(50, 49), BUDGET);

		assertThat(next).isEqualTo(new NextStep.RunTools(answer.message()));
	}

	@Test
	void toolsDoNotRunWhenNoStepIsLeftToReadThem() {
		NextStep next = NextStep.after(callsTool(), 3, Usage.none(), BUDGET);

		assertThat(next).isInstanceOfSatisfying(NextStep.GiveUp.class, (giveUp) -> {
			assertThat(giveUp.failure()).isEqualTo(FailureClass.BUDGET_SPENT);
			assertThat(giveUp.detail()).contains("3 model calls");
		});
	}

	@Test
	void toolsDoNotRunWhenTheTokensAreSpent() {
		NextStep next = NextStep.after(callsTool(), 1, new Usage(60, 40), BUDGET);

		assertThat(next).isInstanceOfSatisfying(NextStep.GiveUp.class, (giveUp) -> {
			assertThat(giveUp.failure()).isEqualTo(FailureClass.BUDGET_SPENT);
			assertThat(giveUp.detail()).contains("100 tokens", "limit is 100");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  \n" })
	void anEmptyAnswerIsInvalid(String text) {
		NextStep next = NextStep.after(says(text), 1, Usage.none(), BUDGET);

		assertThat(next).isInstanceOfSatisfying(NextStep.GiveUp.class,
				(giveUp) -> assertThat(giveUp.failure()).isEqualTo(FailureClass.INVALID_OUTPUT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONTENT_FILTER", "content_filter", "refusal", "SAFETY" })
	void aFilteredAnswerIsARefusal(String finishReason) {
		ModelAnswer answer = new ModelAnswer(new AssistantMessage("I would"), Usage.none(), finishReason);

		NextStep next = NextStep.after(answer, 1, Usage.none(), BUDGET);

		assertThat(next).isInstanceOfSatisfying(NextStep.GiveUp.class, (giveUp) -> {
			assertThat(giveUp.failure()).isEqualTo(FailureClass.REFUSED);
			assertThat(giveUp.detail()).contains(finishReason);
		});
	}

	@Test
	void aRefusalBesideTheTextIsARefusal() {
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.properties(Map.of("refusal", "I cannot help with that."))
			.build();

		NextStep next = NextStep.after(new ModelAnswer(message, Usage.none(), "STOP"), 1, Usage.none(), BUDGET);

		assertThat(next).isInstanceOfSatisfying(NextStep.GiveUp.class,
				(giveUp) -> assertThat(giveUp.failure()).isEqualTo(FailureClass.REFUSED));
	}

	private static ModelAnswer says(String text) {
		return new ModelAnswer(new AssistantMessage(text), Usage.none(), "STOP");
	}

	private static ModelAnswer callsTool() {
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("c1", "function", "lookup", "{}")))
			.build();
		return new ModelAnswer(message, Usage.none(), "TOOL_CALLS");
	}

}
