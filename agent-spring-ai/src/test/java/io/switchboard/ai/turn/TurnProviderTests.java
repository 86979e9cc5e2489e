package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

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
import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolReply;
import io.switchboard.ai.tool.WaitingFor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns whose model is behind a shared provider.
 */
class TurnProviderTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration LATER = Duration.ofSeconds(1);

	private final FixtureContext context = new FixtureContext().onOneThread();

	private final FixtureModel model = new FixtureModel();

	private final Approvals approvals = new Approvals();

	private final ModelProvider provider = ModelProvider.builder("fixture")
		.maxConcurrent(1)
		.maxWait(Duration.ofMinutes(10))
		.build();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aTurnThatWaitsSpendsNoTime() {
		Disposable taken = take();
		this.model.answers(Flux.never());

		StepVerifier.create(run(Budget.defaults().withTime(Duration.ofMinutes(1))))
			.expectNext(new TurnStarted("t1"))
			.then(() -> pass(Duration.ofMinutes(9)))
			.then(() -> assertThat(this.context.nearLimits).isEmpty())
			.then(taken::dispose)
			.then(() -> pass(Duration.ofSeconds(59)))
			.then(() -> assertThat(this.context.nearLimits).containsExactly("time 0.80"))
			.then(() -> pass(Duration.ofSeconds(1)))
			.expectNext(new TurnFailed("t1", "budget-spent", "No answer within the time limit PT1M"))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theLimitsOfACallBeginWhenItIsLetThrough() {
		Disposable taken = take();
		this.model.says("done");
		TurnRunner runner = builder(Budget.defaults()).limits(CallLimits.defaults()).build();

		StepVerifier.create(runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context))
			.expectNext(new TurnStarted("t1"))
			.then(() -> pass(Duration.ofMinutes(9)))
			.then(taken::dispose)
			.expectNext(new Token("t1", "done"))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aTurnThatIsCancelledGivesUpItsPlace() {
		Disposable taken = take();

		StepVerifier.create(run(Budget.defaults()))
			.expectNext(new TurnStarted("t1"))
			.then(() -> assertThat(this.provider.status().waiting()).hasSize(1))
			.thenCancel()
			.verify(PATIENCE);

		assertThat(this.provider.status().waiting()).isEmpty();
		taken.dispose();
		assertThat(this.provider.status().running()).isZero();
	}

	@Test
	void eachStepOfATurnIsACallOfTheProvider() {
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("done");
		TurnRunner runner = builder(Budget.defaults()).tools(List.of(new FixtureTool("lookup", () -> "ok"))).build();

		runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context).blockLast(PATIENCE);

		assertThat(this.provider.statistics().answered()).isEqualTo(2);
		assertThat(this.provider.status().running()).isZero();
	}

	@Test
	void aTurnWhoseModelAskedForApprovalSpendsNoTime() {
		this.model.answers(later(Flux.just(asksForRefund()))).says("done");
		TurnRunner runner = builder(Budget.defaults().withTime(Duration.ofMinutes(1))).approvals(this.approvals)
			.approvalFor(Set.of("refund"))
			.tools(List.of(new FixtureTool("refund", () -> "ok")))
			.build();

		StepVerifier.create(run(runner))
			.expectNext(new TurnStarted("t1"))
			.then(() -> pass(LATER))
			.expectNextMatches(AwaitingApproval.class::isInstance)
			.then(() -> assertThat(this.context.shown.get("waiting")).extracting(Activity::facts)
				.isEqualTo(Map.of("approvals", 1)))
			.then(() -> pass(Duration.ofDays(3)))
			.then(() -> this.approvals.decide(this.context.path(), "t1", "c1", new Decision.Approve()))
			.expectNextMatches(ToolCall.class::isInstance)
			.expectNextMatches(ToolResult.class::isInstance)
			.expectNext(new Token("t1", "done"))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.context.shown).isEmpty();
	}

	@Test
	void aTurnThatAsksAPersonAboutAFailureSpendsNoTime() {
		this.model.answers(later(Flux.error(new TurnFailureException(TurnFailure.of(FailureClass.REFUSED)))))
			.says("done");
		TurnRunner runner = builder(Budget.defaults().withTime(Duration.ofMinutes(1))).approvals(this.approvals)
			.recovery(RecoveryPolicy.defaults().with(FailureClass.REFUSED, Ladder.of("ask-human")))
			.build();

		StepVerifier.create(run(runner))
			.expectNext(new TurnStarted("t1"))
			.then(() -> pass(LATER))
			.expectNextMatches(Recovering.class::isInstance)
			.expectNextMatches(AwaitingApproval.class::isInstance)
			.then(() -> assertThat(this.context.shown).containsKey("waiting"))
			.then(() -> pass(Duration.ofDays(3)))
			.then(() -> this.approvals.decide(this.context.path(), "t1", "failure-1", new Decision.Approve()))
			.expectNext(new Token("t1", "done"))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theTimeOfWhoeverAskedForATurnStandsStillWhileItWaits() {
		Disposable taken = take();
		this.model.says("done");
		List<WaitingFor> told = new CopyOnWriteArrayList<>();
		CallMeter caller = new CallMeter((meter, what) -> told.add(what));

		StepVerifier.create(run(Budget.defaults()).contextWrite(caller::in))
			.expectNext(new TurnStarted("t1"))
			.then(() -> assertThat(told).containsExactly(WaitingFor.PROVIDER))
			.then(taken::dispose)
			.expectNext(new Token("t1", "done"))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(told).containsExactly(WaitingFor.PROVIDER, WaitingFor.NOTHING);
	}

	@Test
	void aTurnKeepsItsPlaceWhileAgentsItHasAskedWaitForTheirProvider() {
		Sinks.One<ToolReply> asked = Sinks.one();
		ToolCallback expert = new FixtureReactiveTool("lookup", Mono.deferContextual((view) -> {
			CallMeter meter = Objects.requireNonNull(CallMeter.of(view));
			meter.waits(WaitingFor.PROVIDER, 0);
			return asked.asMono().doOnTerminate(() -> meter.goesOn(WaitingFor.PROVIDER, Duration.ofDays(1).toMillis()));
		}));
		TurnQuota quota = TurnQuota.of("desk", 1);
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("done");
		TurnRunner runner = builder(Budget.defaults().withTime(Duration.ofMinutes(1))).tools(List.of(expert))
			.quotas(List.of(quota))
			.build();

		StepVerifier.create(run(runner))
			.expectNextCount(2)
			.then(() -> pass(Duration.ofDays(1)))
			.then(() -> assertThat(quota.running()).isOne())
			.then(() -> asked.tryEmitValue(ToolReply.of("ok")))
			.expectNext(new ToolResult("t1", "c1", "lookup", "ok"))
			.expectNext(new Token("t1", "done"))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.context.nearLimits).isEmpty();
	}

	/**
	 * As real models answer: what follows an answer then happens in the signal that ends
	 * the call.
	 */
	private Flux<ChatResponse> later(Flux<ChatResponse> answer) {
		return answer.delaySubscription(LATER, this.context.scheduler());
	}

	private static ChatResponse asksForRefund() {
		return FixtureModel.response(AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(FixtureModel.call("c1", "refund", "{}")))
			.build());
	}

	private Disposable take() {
		return this.provider.call(this.context, Flux::never).subscribe();
	}

	private void pass(Duration time) {
		this.context.scheduler().advanceTimeBy(time);
	}

	private Flux<TurnEvent> run(Budget budget) {
		return run(builder(budget).build());
	}

	private Flux<TurnEvent> run(TurnRunner runner) {
		return runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context);
	}

	private TurnRunner.Builder builder(Budget budget) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.provider(this.provider)
			.limits(CallLimits.none())
			.budget(budget);
	}

}
