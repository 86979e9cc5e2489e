package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.tool.CallMeter;
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

/**
 * Tests for what turns may cost, and how they warn of it.
 */
class TurnBudgetTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Prices PRICES = new Prices(
			Map.of("fixture", new Price(BigDecimal.valueOf(10_000), BigDecimal.valueOf(100_000))));

	private final FixtureContext context = new FixtureContext().onOneThread();

	private final FixtureModel model = new FixtureModel();

	private final FixtureTool tool = new FixtureTool("lookup", () -> "ok");

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void moneyOfAllCallsIsCounted() {
		this.model.calls(call(1)).calls(call(2));

		TurnEvent last = run(Budget.defaults().withCost(new BigDecimal("0.5"))).blockLast(PATIENCE);

		assertThat(last)
			.isEqualTo(new TurnFailed("t1", "budget-spent", "No answer at a cost of 0.600000, and the limit is 0.5"));
		assertThat(this.tool.inputs()).hasSize(1);
	}

	@Test
	void modelsWithoutAPriceCostNothing() {
		this.model.calls(call(1)).says("done");
		TurnRunner runner = builder(Budget.defaults().withCost(new BigDecimal("0.000001"))).prices(Prices.none())
			.build();

		assertThat(run(runner).blockLast(PATIENCE)).isInstanceOf(TurnCompleted.class);
	}

	@Test
	void callsOfToolsAreCountedBeforeTheyAreMade() {
		this.model.calls(call(1), call(2)).calls(call(3), call(4));

		TurnEvent last = run(Budget.defaults().withToolCalls(3)).blockLast(PATIENCE);

		assertThat(last).isEqualTo(new TurnFailed("t1", "budget-spent",
				"No answer after 2 calls of tools; with 2 more the limit of 3 would be passed"));
		assertThat(this.tool.inputs()).hasSize(2);
	}

	@Test
	void aLimitThatIsNearIsToldOnce() {
		this.model.calls(call(1)).calls(call(2)).says("done");
		Budget budget = new Budget(12, 2, 25, new BigDecimal("0.7"), Duration.ofMinutes(2));

		run(budget).blockLast(PATIENCE);

		assertThat(this.context.nearLimits).containsExactly("tool-calls 1.00", "tokens 0.96", "cost 0.86");
	}

	@Test
	void aLimitThatIsNearIsToldAlsoByATurnThatRecovers() {
		this.model.says(" ").says("done");

		run(Budget.defaults().withTokens(14)).blockLast(PATIENCE);

		assertThat(this.context.nearLimits).containsExactly("tokens 0.86");
	}

	@Test
	void anAnswerIsNoReasonToWarn() {
		this.model.says("done");

		run(new Budget(1, 12, Duration.ofMinutes(2))).blockLast(PATIENCE);

		assertThat(this.context.nearLimits).isEmpty();
	}

	@Test
	void timeThatIsNearlyUpIsTold() {
		this.model.answers(Flux.never());

		StepVerifier.create(run(Budget.defaults().withTime(Duration.ofSeconds(100))))
			.expectNextCount(1)
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(79)))
			.then(() -> assertThat(this.context.nearLimits).isEmpty())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(1)))
			.then(() -> assertThat(this.context.nearLimits).containsExactly("time 0.80"))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(20)))
			.expectNextMatches(TurnFailed.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aTurnBeyondTheQuotaFailsAtOnce() {
		TurnQuota desk = TurnQuota.of("supervisor 'desk'", 2);
		TurnQuota all = TurnQuota.of("all agents", 1);
		all.tryBegin();
		TurnRunner runner = builder(Budget.defaults()).quotas(List.of(desk, all)).build();

		assertThat(run(runner).collectList().block(PATIENCE)).containsExactly(new TurnStarted("t1"),
				new TurnFailed("t1", "budget-spent", "All 1 turns at once of all agents are under way"));
		assertThat(desk.running()).isZero();
		assertThat(this.model.prompts()).isEmpty();
	}

	@Test
	void aTurnLeavesItsPlaceWithItsLastEvent() {
		TurnQuota quota = TurnQuota.of("all agents", 2);
		TurnRunner runner = builder(Budget.defaults()).quotas(List.of(quota)).build();
		Sinks.Empty<ChatResponse> gate = Sinks.empty();
		this.model.answers(gate.asMono().concatWith(Mono.just(FixtureModel.response(new AssistantMessage("done")))));

		StepVerifier.create(run(runner))
			.expectNext(new TurnStarted("t1"))
			.then(() -> assertThat(quota.running()).isOne())
			.then(gate::tryEmitEmpty)
			.expectNext(new Token("t1", "done"))
			.assertNext((event) -> assertThat(quota.running()).isZero())
			.expectComplete()
			.verify(PATIENCE);
		assertThat(quota.running()).isZero();
	}

	@Test
	void aTurnThatIsCancelledLeavesItsPlace() {
		TurnQuota quota = TurnQuota.of("all agents", 2);
		TurnRunner runner = builder(Budget.defaults()).quotas(List.of(quota)).build();
		this.model.answers(Flux.never());

		StepVerifier.create(run(runner)).expectNext(new TurnStarted("t1")).thenCancel().verify(PATIENCE);

		assertThat(quota.running()).isZero();
	}

	@Test
	void aQuotaThatIsNearlyTakenIsTold() {
		TurnQuota quota = TurnQuota.of("all agents", 5);
		for (int turn = 0; turn < 3; turn++) {
			quota.tryBegin();
		}
		TurnRunner runner = builder(Budget.defaults()).quotas(List.of(quota)).build();
		this.model.says("done");

		run(runner).blockLast(PATIENCE);

		assertThat(this.context.nearLimits).containsExactly("concurrent-turns 0.80");
	}

	@Test
	void whatAgentsTookThatWereAskedCountsAlsoIfAnotherToolBreaks() {
		ToolCallback expert = new FixtureReactiveTool("expert", Mono.deferContextual((view) -> {
			Objects.requireNonNull(CallMeter.of(view)).spent(100, 20, BigDecimal.ONE);
			return Mono.never();
		}));
		ToolCallback broken = new FixtureReactiveTool("broken", Mono.error(new TestException("bug")));
		this.model.calls(FixtureModel.call("c1", "expert", "{}"), FixtureModel.call("c2", "broken", "{}")).says("done");
		TurnRunner runner = builder(Budget.defaults()).tools(List.of(expert, broken))
			.recovery(RecoveryPolicy.defaults().with(FailureClass.BUG, Ladder.of("feedback")))
			.build();
		CallMeter caller = new CallMeter((meter, what) -> {
		});

		TurnEvent last = run(runner).contextWrite(caller::in).blockLast(PATIENCE);

		assertThat(last).isEqualTo(new TurnCompleted("t1", "done", new Usage(100 + 20, 20 + 4), 2));
		assertThat(caller.inputTokens()).isEqualTo(120);
		assertThat(caller.cost()).isGreaterThan(BigDecimal.ONE);
	}

	private static AssistantMessage.ToolCall call(int number) {
		return FixtureModel.call("c" + number, "lookup", "{\"number\": %d}".formatted(number));
	}

	private Flux<TurnEvent> run(Budget budget) {
		return run(builder(budget).build());
	}

	private TurnRunner.Builder builder(Budget budget) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.tools(List.of(this.tool))
			.limits(CallLimits.none())
			.budget(budget)
			.prices(PRICES);
	}

	private Flux<TurnEvent> run(TurnRunner runner) {
		return runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context);
	}

}
