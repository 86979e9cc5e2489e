package com.example.helpdesk.rehearsal;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RehearsalChatModel}: how it speaks, and how it fails.
 */
class RehearsalChatModelTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final RehearsalChatModel model = new RehearsalChatModel(new Pace(10, this.time), true);

	@Test
	void streamsAWordAtATime() {
		StepVerifier.create(this.model.stream(thanks("")).map(RehearsalChatModelTests::text))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(99)))
			.expectNoEvent(Duration.ZERO)
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNext("You ")
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(200)))
			.expectNext("are ", "welcome.")
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.expectNext("")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void lastChunkTellsFinishReasonAndUsage() {
		StepVerifier.create(unhurried().stream(thanks("")).last()).assertNext((last) -> {
			assertThat(last.getResults().get(0).getMetadata().getFinishReason()).isEqualTo("STOP");
			assertThat(last.getMetadata().getModel()).isEqualTo("rehearsal");
			assertThat(last.getMetadata().getUsage().getPromptTokens()).isEqualTo(4);
			assertThat(last.getMetadata().getUsage().getCompletionTokens()).isEqualTo(4);
		}).expectComplete().verify(PATIENCE);
	}

	@Test
	void toolRequestIsOneChunkAndSaysSo() {
		StepVerifier.create(unhurried().stream(order(""))).assertNext((chunk) -> {
			assertThat(chunk.hasToolCalls()).isTrue();
			assertThat(chunk.getResults().get(0).getMetadata().getFinishReason()).isEqualTo("TOOL_CALLS");
		}).expectComplete().verify(PATIENCE);
	}

	@Test
	void callGivesTheWholeAnswerOfTheStream() {
		ChatResponse response = unhurried().call(thanks(""));

		assertThat(text(response)).isEqualTo("You are welcome.");
		assertThat(response.getResults().get(0).getMetadata().getFinishReason()).isEqualTo("STOP");
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(8);
	}

	@Test
	void samePromptGetsTheSameReply() {
		ChatResponse first = unhurried().call(order(""));
		ChatResponse second = unhurried().call(order(""));

		assertThat(second.getResults().get(0).getOutput()).isEqualTo(first.getResults().get(0).getOutput());
		assertThat(second.getMetadata().getUsage()).isEqualTo(first.getMetadata().getUsage());
	}

	@Test
	void answersAPromptWithoutOptions() {
		assertThat(text(unhurried().call(new Prompt("Where is ORD-1001?")))).contains("not offered");
	}

	@Test
	void answersAPromptThatOffersNoTools() {
		Prompt prompt = new Prompt("Thanks", ToolCallingChatOptions.builder().model("rehearsal").build());

		assertThat(text(unhurried().call(prompt))).endsWith("You are welcome.");
	}

	@Test
	void cancellingStopsTheClock() {
		StepVerifier.create(this.model.stream(thanks("")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.expectNextCount(1)
			.thenCancel()
			.verify(PATIENCE);
		long scheduled = this.time.getScheduledTaskCount();

		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.time.getScheduledTaskCount()).isEqualTo(scheduled);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "#rate-limit, TransientAiException, HTTP 429", "#overloaded, TransientAiException, HTTP 503",
			"#bad-request, NonTransientAiException, HTTP 400" })
	void refusesBeforeTheFirstWord(String word, String exception, String message) {
		StepVerifier.create(this.model.stream(thanks(word))).expectErrorSatisfies((ex) -> {
			assertThat(ex.getClass().getSimpleName()).isEqualTo(exception);
			assertThat(ex).hasMessageStartingWith(message);
		}).verify(PATIENCE);
	}

	@Test
	void stallsInTheMiddle() {
		StepVerifier.create(this.model.stream(thanks("#stall")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMinutes(10)))
			.expectNextCount(2)
			.expectNoEvent(Duration.ZERO)
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void breaksInTheMiddle() {
		StepVerifier.create(this.model.stream(thanks("#cut")))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNextCount(2)
			.expectError(UncheckedIOException.class)
			.verify(PATIENCE);
	}

	@Test
	void dragsItsWords() {
		StepVerifier.create(this.model.stream(thanks("#slow")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(2999)))
			.expectNextCount(2)
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1001)))
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void callFailsAsTheStreamDoes() {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> unhurried().call(thanks("#cut")));
	}

	@Test
	void asksAgainProperlyAfterMalformedArguments() {
		TestConversation conversation = TestConversation.offering("orderLookup").user("Where is ORD-1001? #malformed");

		AssistantMessage malformed = conversation.reply();
		conversation = conversation.message(malformed).tool("orderLookup", List.of("not JSON"));
		AssistantMessage proper = conversation.reply();
		conversation = conversation.message(proper).tool("orderLookup", List.of("{\"orderNumber\":\"ORD-1001\"}"));

		assertThat(malformed.getToolCalls()).extracting(ToolCall::arguments)
			.containsExactly("{\"orderNumber\":\"ORD-1001\"");
		assertThat(proper.getToolCalls()).extracting(ToolCall::arguments)
			.containsExactly("{\"orderNumber\":\"ORD-1001\"}");
		assertThat(proper.getToolCalls().get(0).id()).isNotEqualTo(malformed.getToolCalls().get(0).id());
		assertThat(conversation.answer()).endsWith("There is no order ORD-1001 in the book.");
	}

	@Test
	void faultOfAnEarlierMessageIsForgotten() {
		assertThat(TestConversation.offering().user("Hello #rate-limit").user("Thanks").answer())
			.endsWith("You are welcome.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "#cut", "#stall" })
	void toolRequestGetsThroughBeforeTheWordsBreakOff(String word) {
		StepVerifier.create(unhurried().stream(order(word)))
			.expectNextMatches(ChatResponse::hasToolCalls)
			.expectComplete()
			.verify(PATIENCE);
	}

	private RehearsalChatModel unhurried() {
		return new RehearsalChatModel(new Pace(0, Schedulers.immediate()), true);
	}

	private static Prompt thanks(String fault) {
		return TestConversation.offering().assistant("Hello.").user("Thanks " + fault).prompt();
	}

	private static Prompt order(String fault) {
		return TestConversation.offering("orderLookup").user("Where is ORD-1001? " + fault).prompt();
	}

	private static String text(ChatResponse chunk) {
		return String.valueOf(chunk.getResults().get(0).getOutput().getText());
	}

}
