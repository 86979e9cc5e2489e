package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.tool.ToolOutcome;
import io.switchboard.journal.JournalEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What happens in a turn can be written down and read back.
 */
class TurnInputJsonTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final TurnFailure FAILURE = new TurnFailure(FailureClass.RATE_LIMITED, "Too much",
			Duration.ofMillis(1_500));

	private static final List<Message> HISTORY = List.of(new SystemMessage("Be kind \"always\" 🙂"),
			UserMessage.builder().text("What is this?").media(picture(), address()).build(),
			AssistantMessage.builder()
				.content("Let me see")
				.properties(Map.of("finish", "stop", "index", 3, "deep", Map.of("list", List.of(true, "two", 3.5))))
				.toolCalls(List.of(new AssistantMessage.ToolCall("c1", "function", "look", "{\"at\": 1}")))
				.build(),
			ToolResponseMessage.builder()
				.responses(List.of(new ToolResponseMessage.ToolResponse("c1", "look", "a cat")))
				.build());

	static Stream<TurnInput> whatIsWrittenIsReadBack() {
		return Stream.of(new TurnInput.Begun(HISTORY, 5, 1_234), new TurnInput.Begun(List.of(), 0, 0),
				new TurnInput.Answered(answer("It is a cat"), null), new TurnInput.Answered(answer(null), FAILURE),
				new TurnInput.CallFailed(FAILURE, true),
				new TurnInput.CallFailed(TurnFailure.of(FailureClass.NETWORK), false), new TurnInput.ToolStarted("c1"),
				new TurnInput.ToolEnded("c1", new ToolOutcome.Result("a cat", null), new Usage(3, 4),
						new BigDecimal("0.01")),
				new TurnInput.ToolEnded("c1", new ToolOutcome.Failed(FAILURE, "no cat")),
				new TurnInput.Decided("c1", new Decision.Approve()),
				new TurnInput.Decided("c1", new Decision.Edit("{\"at\": 2}")),
				new TurnInput.Decided("c1", new Decision.Reject("")),
				new TurnInput.Broken(TurnFailure.of(FailureClass.BUG, "broken")),
				new TurnInput.Broken(FAILURE, new Usage(5, 6), new BigDecimal("0.02")), new TurnInput.Waited(),
				new TurnInput.Compacted(HISTORY, new Usage(7, 8), new BigDecimal("0.0012")), new TurnInput.Resumed(),
				new TurnInput.Reopened());
	}

	@ParameterizedTest
	@MethodSource
	void whatIsWrittenIsReadBack(TurnInput input) {
		JournalEntry.Step step = TurnInputJson.write("t1", 3, input, NOW);

		assertThat(step.turn()).isEqualTo("t1");
		assertThat(step.step()).isEqualTo(3);
		assertThat(step.at()).isEqualTo(NOW);
		assertThat(TurnInputJson.read(step)).usingRecursiveComparison()
			.ignoringFieldsMatchingRegexes(".*mimeType.toStringValue")
			.isEqualTo(input);
	}

	@Test
	void everyInputHasAKindOfItsOwn() {
		Stream<String> inputs = Stream.of(TurnInput.class.getPermittedSubclasses()).map(Class::getSimpleName);
		Stream<String> kinds = Stream.of(StoredKind.values()).map((kind) -> kind.type().getSimpleName());

		assertThat(kinds).containsExactlyInAnyOrderElementsOf(inputs.toList());
		assertThat(Stream.of(StoredKind.values()).map(StoredKind::id)).doesNotHaveDuplicates();
	}

	@Test
	void whatOnlyThisProcessCanHoldIsLeftOut() {
		AssistantMessage message = AssistantMessage.builder()
			.content("Hello")
			.properties(Map.of("native", new Object(), "list", List.of(new Object()), "kept", "yes"))
			.build();
		TurnInput read = read(new TurnInput.Begun(List.of(message), 0, 0));

		assertThat(((TurnInput.Begun) read).history().get(0).getMetadata()).containsEntry("kept", "yes")
			.doesNotContainKeys("native", "list");
	}

	@Test
	void whatAToolGaveTheProgramIsLeftOut() {
		TurnInput read = read(new TurnInput.ToolEnded("c1", new ToolOutcome.Result("a cat", new Object())));

		assertThat(read).isEqualTo(new TurnInput.ToolEnded("c1", new ToolOutcome.Result("a cat", null)));
	}

	/**
	 * What was written by an earlier version has to be read by all later ones.
	 */
	@Test
	void theFormIsThatOfTheFirstVersion() {
		TurnInput answered = new TurnInput.Answered(
				new ModelAnswer(new AssistantMessage("It is a cat"), new Usage(10, 5), "STOP", new BigDecimal("0.5")),
				FAILURE);

		JournalEntry.Step step = TurnInputJson.write("t1", 1, answered, NOW);

		assertThat(step.kind()).isEqualTo("answered");
		assertThat(step.content()).isEqualTo(
				"""
						{"message":{"type":"ASSISTANT","text":"It is a cat","metadata":{},"calls":[],"responses":[],"media":[]},\
						"usage":{"inputTokens":10,"outputTokens":5},"finishReason":"STOP","cost":0.5,\
						"objection":{"failure":"rate-limited","detail":"Too much","retryAfter":1500}}""");
	}

	@Test
	void whatALaterVersionHasAddedIsPassedOver() {
		JournalEntry.Step step = new JournalEntry.Step("t1", 1, "tool-started", "{\"call\": \"c1\", \"new\": {}}", NOW);

		assertThat(TurnInputJson.read(step)).isEqualTo(new TurnInput.ToolStarted("c1"));
	}

	@Test
	void aKindThatIsUnknownIsNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TurnInputJson.read(new JournalEntry.Step("t1", 4, "flown", "{}", NOW)))
			.withMessageContaining("Step 4 of turn 't1', which is 'flown', cannot be read")
			.withMessageContaining("[begun, answered,");
	}

	@Test
	void aContentThatIsBrokenIsNotQuoted() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TurnInputJson.read(new JournalEntry.Step("t1", 4, "begun", "{\"secret", NOW)))
			.withMessageContaining(
					"Step 4 of turn 't1', which is 'begun', cannot be read: its content is not as it was")
			.withMessageNotContaining("secret");
	}

	@Test
	void aContentThatLacksSomethingIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> TurnInputJson.read(new JournalEntry.Step("t1", 4, "tool-ended", "{\"call\":\"c1\"}", NOW)))
			.withMessageContaining("'forModel' must not be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TurnInputJson
				.read(new JournalEntry.Step("t1", 4, "decided", "{\"call\":\"c1\",\"decision\":\"perhaps\"}", NOW)))
			.withMessageContaining("Decision 'perhaps' is unknown");
	}

	private static TurnInput read(TurnInput input) {
		return TurnInputJson.read(TurnInputJson.write("t1", 1, input, NOW));
	}

	private static ModelAnswer answer(String text) {
		AssistantMessage message = AssistantMessage.builder()
			.content(text)
			.properties(Map.of("outputWithoutThoughts", "cat"))
			.toolCalls(List.of(new AssistantMessage.ToolCall("c1", "function", "look", "{}")))
			.build();
		return new ModelAnswer(message, new Usage(10, 5), "STOP", new BigDecimal("0.0001"));
	}

	private static Media picture() {
		return Media.builder()
			.mimeType(MimeTypeUtils.IMAGE_PNG)
			.data(new byte[] { 1, 2, -3 })
			.id("m1")
			.name("cat")
			.build();
	}

	private static Media address() {
		return Media.builder()
			.mimeType(MimeTypeUtils.IMAGE_JPEG)
			.data(URI.create("https://example.com/cat.jpg"))
			.name("other-cat")
			.build();
	}

}
