package io.switchboard.test.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Scripted time passes on the script's scheduler and nowhere else.
 */
class ScriptedTimeTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	@AfterEach
	void stopTheClock() {
		this.time.dispose();
	}

	@Test
	void aDelayPassesBeforeTheFirstChunk() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.answer("late")
			.delay(Duration.ofHours(2))
			.on(this.time)
			.build();

		StepVerifier.create(texts(model))
			.then(() -> this.time.advanceTimeBy(Duration.ofMinutes(119)))
			.then(() -> assertThat(model).hasOutcomes(CallOutcome.RUNNING))
			.then(() -> this.time.advanceTimeBy(Duration.ofMinutes(1)))
			.expectNext("late", "")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void thePacePassesBetweenChunksOnly() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.stream("a", "b", "c")
			.pace(Duration.ofSeconds(1))
			.on(this.time)
			.build();

		StepVerifier.create(texts(model))
			.expectNext("a")
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNext("b")
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNext("c", "")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aFailureWaitsForItsDelayToo() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.fail(new IllegalStateException("overloaded"))
			.delay(Duration.ofSeconds(30))
			.on(this.time)
			.build();

		StepVerifier.create(texts(model))
			.then(() -> assertThat(model).hasOutcomes(CallOutcome.RUNNING))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(30)))
			.expectErrorMessage("overloaded")
			.verify(LIMIT);
	}

	@Test
	void nothingIsSentAfterACancelDuringTheDelay() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.answer("late")
			.delay(Duration.ofSeconds(30))
			.on(this.time)
			.build();

		texts(model).subscribe().dispose();
		this.time.advanceTimeBy(Duration.ofSeconds(60));

		assertThat(model).hasOutcomes(CallOutcome.CANCELLED);
		assertThat(model.lastCall().chunks()).isZero();
	}

	@Test
	void aBlockingCallWaitsForAnotherThreadToMoveTheClock() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.answer("late")
			.delay(Duration.ofSeconds(30))
			.on(this.time)
			.build();
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> String.valueOf(model.call("hi")));
		// The call may begin at any moment, so the clock is moved until it has its answer
		Flux.interval(Duration.ofMillis(1))
			.doOnNext((tick) -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.takeUntil((tick) -> answer.isDone())
			.blockLast(LIMIT);

		assertThat(answer).isCompletedWithValue("late");
	}

	@Test
	void refusesAScriptThatTakesTimeWithoutAClock() {
		ChatScript script = ScriptedChatModel.script().answer("a").answer("b").delay(Duration.ofSeconds(1));

		assertThatIllegalStateException().isThrownBy(script::build)
			.withMessageContaining("Step 2 takes time")
			.withMessageContaining("on(Scheduler)");
	}

	private static Flux<String> texts(ScriptedChatModel model) {
		return model.stream(new Prompt("hi")).map(ScriptedTimeTests::text);
	}

	private static String text(ChatResponse response) {
		return String.valueOf(response.getResults().get(0).getOutput().getText());
	}

}
