package io.switchboard.ai.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.switchboard.Activity;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is to be seen in the tree of turns under way.
 */
class ShownTurnTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TurnRequest REQUEST = new TurnRequest("t1", "Hi?");

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aTurnWithoutFailureShowsNoTrouble() {
		this.model.says("Hello.");

		completes(StepVerifier.create(run(runner(RecoveryPolicy.defaults())))
			.expectNext(new TurnStarted("t1"))
			.then(() -> assertThat(shown()).isEmpty())
			.expectNext(new Token("t1", "Hello."))
			.then(() -> assertThat(shown()).isEmpty()));
	}

	@Test
	void eachRungIsSeenUntilTheTurnIsOver() {
		this.context.onOneThread();
		pass(Duration.ofSeconds(5));
		this.model.answers(failing(FailureClass.RATE_LIMITED)).answers(failing(FailureClass.NETWORK)).says("Hello.");

		completes(StepVerifier.create(run(runner(RecoveryPolicy.defaults().withMaxAttempts(6))))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "rate-limited", "retry", 1))
			.then(() -> assertThat(shown()).containsExactly(recovering("rate-limited", "retry", 1, 6, 5)))
			.then(() -> passUntilShown("network"))
			.expectNext(new Recovering("t1", "network", "retry", 2))
			.then(() -> assertThat(shown()).extracting(Activity::facts)
				.containsExactly(recovering("network", "retry", 2, 6, 0).facts()))
			.then(() -> assertThat(shown()).extracting(Activity::since)
				.allMatch((since) -> since.isAfter(Instant.ofEpochSecond(5))))
			.then(() -> pass(Duration.ofSeconds(2)))
			.expectNext(new Token("t1", "Hello.")));
		assertThat(shown()).isEmpty();
	}

	@Test
	void aTurnThatHasGotOnDoesNotRecoverAnyMore() {
		this.model.answers(Flux.empty()).calls(FixtureModel.call("c1", "lookup", "{}")).says("Hello.");
		CountDownLatch looked = new CountDownLatch(1);
		FixtureTool lookup = new FixtureTool("lookup", () -> {
			assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();
			return "ok";
		});
		TurnRunner runner = builder(RecoveryPolicy.defaults()).tools(List.of(lookup)).build();

		completes(StepVerifier.create(run(runner))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "invalid-output", "feedback", 1))
			.expectNext(new ToolCall("t1", "c1", "lookup", "{}"))
			.then(() -> assertThat(shown()).containsExactly(recovering("invalid-output", "feedback", 1, 10, 0)))
			.then(looked::countDown)
			.expectNext(new ToolResult("t1", "c1", "lookup", "ok"))
			.expectNext(new Token("t1", "Hello."))
			.then(() -> assertThat(shown()).isEmpty()));
	}

	@Test
	void theNextLifeIsSeenOnTheRungThatEndedTheOneBefore() {
		this.context.onOneThread();
		TurnRunner runner = runner(
				RecoveryPolicy.defaults().with(FailureClass.OVERLOADED, Ladder.of("restart", "retry", "give-up")));
		this.model.answers(failing(FailureClass.OVERLOADED)).answers(failing(FailureClass.OVERLOADED)).says("Hello.");

		endOnTheRungRestart(runner);

		completes(StepVerifier.create(run(runner))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "overloaded", "restart", 1))
			.expectNext(new Recovering("t1", "overloaded", "retry", 2))
			.then(() -> assertThat(shown()).containsExactly(recovering("overloaded", "retry", 2, 10, 7)))
			.then(() -> pass(Duration.ofSeconds(2)))
			.expectNext(new Token("t1", "Hello.")));
	}

	@Test
	void theNextLifeShowsSinceWhenTheTurnIsOnItsRung() {
		this.context.onOneThread();
		TurnRunner runner = runner(RecoveryPolicy.defaults().with(FailureClass.OVERLOADED, Ladder.of("restart")));
		this.model.answers(failing(FailureClass.OVERLOADED)).answers(Flux.never());
		endOnTheRungRestart(runner);

		TestSubscriber<TurnEvent> next = TestSubscriber.create();
		run(runner).subscribe(next);

		assertThat(shown()).containsExactly(recovering("overloaded", "restart", 1, 10, 3));
		next.cancel();
		assertThat(shown()).isEmpty();
	}

	@Test
	void aLifeThatWasCutOffCountsAsARestart() {
		this.context.onOneThread();
		this.model.answers(Flux.never()).answers(Flux.never());
		TurnRunner runner = runner(RecoveryPolicy.defaults());
		TestSubscriber<TurnEvent> first = TestSubscriber.create();
		run(runner).subscribe(first);
		first.cancel();
		assertThat(shown()).isEmpty();
		this.context.incarnation = 8;
		pass(Duration.ofSeconds(4));

		run(runner).subscribe(TestSubscriber.create());

		assertThat(shown()).containsExactly(recovering("bug", "restart", 1, 10, 4));
	}

	@Test
	void aTurnThatWaitsForItsProviderIsSeen() {
		this.context.onOneThread();
		ModelProvider provider = ModelProvider.builder("openai").maxConcurrent(1).build();
		Disposable taken = provider.call(this.context, Flux::never).subscribe();
		pass(Duration.ofSeconds(3));
		this.model.says("Hello.");

		completes(StepVerifier.create(run(builder(RecoveryPolicy.defaults()).provider(provider).build()))
			.expectNext(new TurnStarted("t1"))
			.then(() -> assertThat(shown())
				.containsExactly(new Activity("waiting", Instant.ofEpochSecond(3), Map.of("provider", "openai"))))
			.then(taken::dispose)
			.then(() -> pass(Duration.ofSeconds(1)))
			.expectNext(new Token("t1", "Hello."))
			.then(() -> assertThat(shown()).isEmpty()));
	}

	@Test
	void whatATurnHasCostIsSeenUntilItIsOver() {
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Done.");
		CountDownLatch looked = new CountDownLatch(1);
		FixtureTool lookup = new FixtureTool("lookup", () -> {
			assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();
			return "ok";
		});
		TurnRunner runner = builder(RecoveryPolicy.defaults()).tools(List.of(lookup)).build();

		completes(StepVerifier.create(run(runner))
			.expectNextCount(2)
			.then(() -> assertThat(this.context.shown.get("spending").facts())
				.containsOnlyKeys("steps", "tokens", "cost")
				.containsEntry("steps", 1))
			.then(looked::countDown)
			.expectNextCount(2));
		assertThat(this.context.shown).isEmpty();
	}

	@Test
	void aTurnThatWaitsForAPersonIsSeen() {
		Approvals approvals = new Approvals();
		this.model.calls(FixtureModel.call("c1", "refund", "{}"), FixtureModel.call("c2", "refund", "{}"))
			.says("Done.");
		TurnRunner runner = builder(RecoveryPolicy.defaults()).approvals(approvals)
			.approvalFor(Set.of("refund"))
			.tools(List.of(new FixtureTool("refund", () -> "ok")))
			.build();

		completes(StepVerifier.create(run(runner))
			.expectNextCount(3)
			.then(() -> assertThat(shown())
				.containsExactly(new Activity("waiting", Instant.EPOCH, Map.of("approvals", 2))))
			.then(() -> approvals.decide(this.context.path(), "t1", "c1", new Decision.Approve()))
			.then(() -> approvals.decide(this.context.path(), "t1", "c2", new Decision.Approve()))
			.expectNextCount(4)
			.expectNext(new Token("t1", "Done."))
			.then(() -> assertThat(shown()).isEmpty()));
	}

	@Test
	void aTurnWhoseTimeIsUpShowsNothingAnyMore() {
		this.context.onOneThread();
		this.model.answers(failing(FailureClass.OVERLOADED)).answers(Flux.never());
		TurnRunner runner = builder(RecoveryPolicy.defaults()).budget(Budget.defaults().withTime(Duration.ofMinutes(1)))
			.build();

		StepVerifier.create(run(runner))
			.expectNextCount(2)
			.then(() -> pass(Duration.ofSeconds(59)))
			.then(() -> assertThat(shown()).hasSize(1))
			.then(() -> pass(Duration.ofSeconds(1)))
			.expectNextMatches(TurnFailed.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(shown()).isEmpty();
	}

	/**
	 * The agent may have its next message in hand as soon as it hears of the end.
	 */
	@Test
	void aTurnThatIsOverHidesNothingOfTheNext() {
		Activity next = new Activity("waiting", Instant.EPOCH, Map.of("approvals", 1));
		this.model.says("Hello.");

		run(runner(RecoveryPolicy.defaults())).doOnComplete(() -> this.context.showActivity(next)).blockLast(PATIENCE);

		assertThat(shown()).containsExactly(next);
	}

	private static void completes(StepVerifier.Step<TurnEvent> turn) {
		turn.expectNextMatches(TurnCompleted.class::isInstance).expectComplete().verify(PATIENCE);
	}

	/**
	 * The life ends at second three, and another begins at second seven.
	 */
	private void endOnTheRungRestart(TurnRunner runner) {
		pass(Duration.ofSeconds(3));
		StepVerifier.create(run(runner))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "overloaded", "restart", 1))
			.expectError(TurnFailureException.class)
			.verify(PATIENCE);
		assertThat(shown()).isEmpty();
		pass(Duration.ofSeconds(4));
		this.context.incarnation = 8;
	}

	/**
	 * All but what the turn has cost.
	 */
	private List<Activity> shown() {
		return this.context.shown.values().stream().filter((shown) -> !shown.name().equals("spending")).toList();
	}

	private static Activity recovering(String failure, String rung, int attempt, int maxAttempts, long since) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("failure", failure);
		facts.put("rung", rung);
		facts.put("attempt", attempt);
		facts.put("maxAttempts", maxAttempts);
		return new Activity("recovering", Instant.ofEpochSecond(since), facts);
	}

	private static Flux<ChatResponse> failing(FailureClass failure) {
		return Flux.error(new TurnFailureException(TurnFailure.of(failure, "x")));
	}

	private void pass(Duration time) {
		this.context.scheduler().advanceTimeBy(time);
	}

	/**
	 * How long a retry waits is random, and the wait after the next one is not to pass.
	 */
	private void passUntilShown(String failure) {
		for (int i = 0; i < 1_000 && !shown().get(0).facts().containsValue(failure); i++) {
			pass(Duration.ofMillis(10));
		}
	}

	private Flux<TurnEvent> run(TurnRunner runner) {
		return runner.run(REQUEST, List.of(), this.context);
	}

	private TurnRunner runner(RecoveryPolicy recovery) {
		return builder(recovery).build();
	}

	private TurnRunner.Builder builder(RecoveryPolicy recovery) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.limits(CallLimits.none())
			.recovery(recovery);
	}

}
