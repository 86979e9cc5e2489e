package io.switchboard.test.model;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What the script says is what a caller gets, blocking or streamed.
 */
class ScriptedChatModelTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void answersInTheOrderWritten() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("first").answer("second").build();

		assertThat(model.call("a")).isEqualTo("first");
		assertThat(model.call("b")).isEqualTo("second");
		assertThat(model).wasCalledTimes(2).hasUsedItsScript();
	}

	@Test
	void joinsTheChunksForABlockingCall() {
		ScriptedChatModel model = ScriptedChatModel.script().stream("Hel", "lo").build();

		assertThat(model.call("hi")).isEqualTo("Hello");
	}

	@Test
	void streamsTheChunksAndThenAClosingResponse() {
		ScriptedChatModel model = ScriptedChatModel.script().stream("Hel", "lo").usage(7, 2).build();

		List<ChatResponse> responses = collect(model.stream(new Prompt("hi")));

		assertThat(responses).extracting(ScriptedChatModelTests::text).containsExactly("Hel", "lo", "");
		assertThat(finishReason(responses.get(1))).isNull();
		assertThat(finishReason(responses.get(2))).isEqualTo("STOP");
		assertThat(responses.get(2).getMetadata().getUsage().getTotalTokens()).isEqualTo(9);
		assertThat(model.lastCall().chunks()).isEqualTo(2);
	}

	@Test
	void callAndStreamTakeFromTheSameScript() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("called").answer("streamed").build();

		assertThat(model.call("a")).isEqualTo("called");
		assertThat(collect(model.stream(new Prompt("b")))).first()
			.extracting(ScriptedChatModelTests::text)
			.isEqualTo("streamed");
	}

	@Test
	void eachSubscriptionTakesAStep() {
		ScriptedChatModel model = ScriptedChatModel.script().fail(new IOException("lost")).answer("there").build();

		Flux<ChatResponse> stream = model.stream(new Prompt("hi")).retry(1);

		assertThat(collect(stream)).first().extracting(ScriptedChatModelTests::text).isEqualTo("there");
		assertThat(model).hasOutcomes(CallOutcome.FAILED, CallOutcome.COMPLETED);
	}

	@Test
	void asksForSeveralToolsAtOnce() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.stream("Let me look")
			.andToolCall("orderLookup", "{\"id\":1}")
			.andToolCall("priceOf", "{}")
			.build();

		ChatResponse response = model.call(new Prompt("hi"));

		assertThat(text(response)).isEqualTo("Let me look");
		assertThat(finishReason(response)).isEqualTo("TOOL_CALLS");
		assertThat(generation(response).getOutput().getToolCalls()).containsExactly(
				new ToolCall("call-1-1", "function", "orderLookup", "{\"id\":1}"),
				new ToolCall("call-1-2", "function", "priceOf", "{}"));
	}

	@Test
	void failsACallWithTheScriptedException() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.fail(new IllegalStateException("bug"))
			.fail(() -> new IOException("lost"))
			.build();

		assertThatIllegalStateException().isThrownBy(() -> model.call("a")).withMessage("bug");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> model.call("b"))
			.withCauseInstanceOf(IOException.class);
		assertThat(model).hasOutcomes(CallOutcome.FAILED, CallOutcome.FAILED);
	}

	@Test
	void failsAStreamAfterSomeChunks() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.stream("a", "b", "c")
			.failAfter(2, new IOException("lost"))
			.build();

		StepVerifier.create(model.stream(new Prompt("hi")).map(ScriptedChatModelTests::text))
			.expectNext("a", "b")
			.expectError(IOException.class)
			.verify(LIMIT);
		assertThat(model).hasOutcomes(CallOutcome.FAILED);
	}

	@Test
	void recordsTheCancellingOfASilentStream() {
		ScriptedChatModel model = ScriptedChatModel.script().stream("a", "b").stallAfter(1).build();

		StepVerifier.create(model.stream(new Prompt("hi")).map(ScriptedChatModelTests::text))
			.expectNext("a")
			.thenCancel()
			.verify(LIMIT);

		StepVerifier.create(model.lastCall().ended()).expectNext(CallOutcome.CANCELLED).expectComplete().verify(LIMIT);
	}

	@Test
	void anInterruptEndsABlockingCallThatNeverAnswers() throws InterruptedException {
		ScriptedChatModel model = ScriptedChatModel.script().never().build();
		Thread caller = new Thread(() -> assertThatIllegalStateException().isThrownBy(() -> model.call("hi")));
		caller.start();

		caller.interrupt();
		caller.join(LIMIT.toMillis());

		assertThat(model).hasOutcomes(CallOutcome.CANCELLED);
	}

	@Test
	void tellsWhatWasScriptedAndWhatCameInWhenTheScriptHasRunOut() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("only").build();
		model.call("a");

		assertThatExceptionOfType(ScriptExhaustedException.class).isThrownBy(() -> model.call("and now?"))
			.withMessageContaining("call 2")
			.withMessageContaining("1 step was scripted")
			.withMessageContaining("user: and now?")
			.satisfies((ex) -> assertThat(ex.scripted()).isEqualTo(1));
		assertThat(model).hasOutcomes(CallOutcome.COMPLETED, CallOutcome.FAILED);
	}

	@Test
	void keepsAStepForThePromptsItsConditionAccepts() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.answer("a price")
			.when((prompt) -> prompt.lastUserText().contains("price"))
			.answer("an order")
			.when((prompt) -> prompt.lastUserText().contains("order"))
			.build();

		assertThat(model.call("my order")).isEqualTo("an order");
		assertThatExceptionOfType(ScriptExhaustedException.class).isThrownBy(() -> model.call("my order"))
			.withMessageContaining("1 left, none for this prompt");
		assertThat(model.call("the price")).isEqualTo("a price");
	}

	@Test
	void aRepeatedStepAnswersAnyNumberOfCalls() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("once").answer("ever").repeat().build();

		List<String> answers = Flux.range(0, 4).mapNotNull((call) -> model.call("hi")).collectList().block(LIMIT);

		assertThat(answers).containsExactly("once", "ever", "ever", "ever");
		assertThat(model).hasUsedItsScript();
	}

	@Test
	void refusesToDescribeAStepThatIsNotThere() {
		assertThatIllegalStateException().isThrownBy(() -> ScriptedChatModel.script().usage(1, 1))
			.withMessageContaining("usage describes the step before it");
		assertThatIllegalArgumentException().isThrownBy(() -> ScriptedChatModel.script().answer("a").stallAfter(2))
			.withMessageContaining("'chunks' of step 1 must be 0 to 1");
	}

	private static List<ChatResponse> collect(Flux<ChatResponse> stream) {
		return stream.collectList().blockOptional(LIMIT).orElseThrow();
	}

	private static Generation generation(ChatResponse response) {
		return response.getResults().get(0);
	}

	private static String text(ChatResponse response) {
		return String.valueOf(generation(response).getOutput().getText());
	}

	private static @Nullable String finishReason(ChatResponse response) {
		return generation(response).getMetadata().getFinishReason();
	}

}
