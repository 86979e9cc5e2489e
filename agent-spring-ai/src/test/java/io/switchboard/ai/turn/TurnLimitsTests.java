package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.switchboard.ai.model.CallLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

class TurnLimitsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	private CallLimits limits = CallLimits.none();

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch cancelled = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aModelThatNeverStopsAskingForToolsSpendsTheSteps() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "lookup", "{}"))
			.calls(FixtureModel.call("c2", "lookup", "{}"))
			.calls(FixtureModel.call("c3", "lookup", "{}"));

		TurnEvent last = run(Budget.defaults().withSteps(3), tool).blockLast(PATIENCE);

		assertThat(last).isInstanceOfSatisfying(TurnFailed.class, (failed) -> {
			assertThat(failed.failure()).isEqualTo("budget-spent");
			assertThat(failed.detail()).contains("3 model calls");
		});
		assertThat(tool.inputs()).hasSize(2);
	}

	@Test
	void tokensOfAllCallsAreCounted() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).calls(FixtureModel.call("c2", "lookup", "{}"));

		TurnEvent last = run(Budget.defaults().withTokens(20), tool).blockLast(PATIENCE);

		assertThat(last).isInstanceOfSatisfying(TurnFailed.class,
				(failed) -> assertThat(failed.detail()).contains("24 tokens", "limit is 20"));
	}

	@Test
	void timeCutsAModelCall() {
		this.model.answers(endless());

		StepVerifier.create(run(Budget.defaults().withTime(Duration.ofMinutes(2))))
			.expectNext(new TurnStarted("t1"), new Token("t1", "well"))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(119)))
			.then(() -> assertThat(this.cancelled.getCount()).isOne())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(1)))
			.expectNextMatches((event) -> event instanceof TurnFailed failed && failed.failure().equals("budget-spent")
					&& failed.detail().contains("PT2M"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(within(this.cancelled)).isTrue();
	}

	@Test
	void timeDoesNotCutOffWhatIsComplete() {
		Sinks.Empty<Void> kept = Sinks.empty();
		this.model.says("Fine.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model))
			.limits(CallLimits.none())
			.budget(Budget.defaults().withTime(Duration.ofSeconds(20)))
			.build();
		TurnConversation slow = new RecordedConversation(
				kept.asMono().doOnSubscribe((subscription) -> this.begun.countDown()));

		StepVerifier.create(runner.run(new TurnRequest("t1", "Hi?"), slow, this.context))
			.expectNext(new TurnStarted("t1"), new Token("t1", "Fine."))
			.then(() -> assertThat(within(this.begun)).isTrue())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(30)))
			.then(kept::tryEmitEmpty)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aConversationThatIsNeverKeptEndsTheTurnAllTheSame() {
		this.model.says("Fine.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model))
			.limits(CallLimits.none())
			.budget(Budget.defaults().withTime(Duration.ofSeconds(20)))
			.build();
		TurnConversation hangs = new RecordedConversation(
				Mono.<Void>never().doOnSubscribe((subscription) -> this.begun.countDown()));

		StepVerifier.create(runner.run(new TurnRequest("t1", "Hi?"), hangs, this.context))
			.expectNext(new TurnStarted("t1"), new Token("t1", "Fine."))
			.then(() -> assertThat(within(this.begun)).isTrue())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(50)))
			.expectNextMatches(TurnFailed.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void timeInterruptsATool() {
		CountDownLatch interrupted = new CountDownLatch(1);
		FixtureTool tool = new FixtureTool("lookup", () -> hang(interrupted));
		this.model.calls(FixtureModel.call("c1", "lookup", "{}"));

		StepVerifier.create(run(Budget.defaults().withTime(Duration.ofSeconds(20)), tool))
			.expectNextCount(2)
			.then(() -> assertThat(within(this.begun)).isTrue())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(20)))
			.expectNextMatches(TurnFailed.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(within(interrupted)).isTrue();
	}

	@Test
	void cancellingTheTurnCancelsTheModelCall() {
		this.model.answers(endless());

		StepVerifier.create(run(Budget.defaults()))
			.expectNext(new TurnStarted("t1"), new Token("t1", "well"))
			.thenCancel()
			.verify(PATIENCE);

		assertThat(within(this.cancelled)).isTrue();
	}

	@Test
	void cancellingTheTurnInterruptsTheTool() {
		CountDownLatch interrupted = new CountDownLatch(1);
		FixtureTool tool = new FixtureTool("lookup", () -> hang(interrupted));
		this.model.calls(FixtureModel.call("c1", "lookup", "{}"));

		StepVerifier.create(run(Budget.defaults(), tool))
			.expectNextCount(2)
			.then(() -> assertThat(within(this.begun)).isTrue())
			.thenCancel()
			.verify(PATIENCE);

		assertThat(within(interrupted)).isTrue();
	}

	@Test
	void aModelCallIsCancelledEvenWhenTheBlockingSchedulerIsGone() {
		this.model.answers(endless());

		StepVerifier.create(run(Budget.defaults()))
			.expectNext(new TurnStarted("t1"), new Token("t1", "well"))
			.then(() -> this.context.blockingScheduler().dispose())
			.thenCancel()
			.verify(PATIENCE);

		assertThat(within(this.cancelled)).isTrue();
	}

	@Test
	void aModelCallThatStallsIsCancelledAndTriedNoMoreOnceTextWasShown() {
		this.limits = CallLimits.defaults();
		this.model.answers(endless());

		StepVerifier.create(run(Budget.defaults()))
			.expectNext(new TurnStarted("t1"), new Token("t1", "well"))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(29)))
			.then(() -> assertThat(this.cancelled.getCount()).isOne())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(1)))
			.expectNextMatches((event) -> event instanceof TurnFailed failed && failed.failure().equals("stalled"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(within(this.cancelled)).isTrue();
	}

	@Test
	void aModelCallThatDoesNotBeginIsMadeAgain() {
		this.limits = CallLimits.defaults();
		this.model.answers(Flux.<ChatResponse>never().doOnSubscribe((call) -> this.begun.countDown())).says("well");

		StepVerifier.create(run(Budget.defaults()))
			.expectNext(new TurnStarted("t1"))
			.then(() -> assertThat(within(this.begun)).isTrue())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(60)))
			.expectNext(new Recovering("t1", "first-token-timeout", "retry", 1))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(1)))
			.expectNext(new Token("t1", "well"))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aModelCallThatTakesTooLongInAllIsNotMadeAgain() {
		this.limits = CallLimits.none().withTotal(Duration.ofSeconds(90));
		this.model.answers(endless());

		StepVerifier.create(run(Budget.defaults()))
			.expectNext(new TurnStarted("t1"), new Token("t1", "well"))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(90)))
			.expectNext(new TurnFailed("t1", "timeout", "The answer was not complete within PT1M30S"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(within(this.cancelled)).isTrue();
	}

	private Flux<ChatResponse> endless() {
		return Flux.just(FixtureModel.response(new AssistantMessage("well")))
			.concatWith(Flux.never())
			.doOnCancel(this.cancelled::countDown);
	}

	private String hang(CountDownLatch interrupted) {
		this.begun.countDown();
		try {
			new CountDownLatch(1).await();
			return "never";
		}
		catch (InterruptedException ex) {
			interrupted.countDown();
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

	private Flux<TurnEvent> run(Budget budget, ToolCallback... tools) {
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model))
			.instructions("")
			.tools(List.of(tools))
			.limits(this.limits)
			.budget(budget)
			.build();
		return runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context);
	}

	private static boolean within(CountDownLatch latch) {
		try {
			return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
