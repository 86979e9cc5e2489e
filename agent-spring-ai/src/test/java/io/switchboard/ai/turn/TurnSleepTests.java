package io.switchboard.ai.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.event.AgentEvent;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalWriters;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns that leave memory while they wait for people.
 */
class TurnSleepTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration IDLE = Duration.ofMinutes(10);

	private static final AgentPath ANN = AgentPath.of("/desk/support/ann");

	private static final TurnEvent ASKED = new AwaitingApproval("t1", "c1", "refund", "{}", null);

	private final FixtureContext context = new FixtureContext().onOneThread();

	private final FixtureModel model = new FixtureModel();

	private final Journal journal = new FixtureJournal(new InMemoryJournal());

	private final Approvals approvals = new Approvals();

	private final List<String> woken = new ArrayList<>();

	private final TurnQuota quota = TurnQuota.of("desk", 1);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void anAgentWhoseTurnWaitsForAPersonLeavesMemory() {
		sleep();

		assertThat(this.context.stopped).isEqualTo(ExitReason.normal());
		assertThat(this.quota.running()).isZero();
		assertThat(this.approvals.asleep(ANN)).isEqualTo("t1");
		assertThat(this.woken).isEmpty();
		this.approvals.onEvent(new AgentEvent.Stopped(ANN, NodeType.AGENT, ExitReason.normal(), Instant.EPOCH));
		assertThat(this.approvals.waiting(ANN)).hasSize(1);
	}

	@Test
	void aDecisionBringsTheTurnBackWhereItWas() {
		sleep();
		this.context.scheduler().advanceTimeBy(Duration.ofDays(3));
		this.approvals.decide(ANN, "t1", "c1", new Decision.Approve());
		assertThat(this.woken).containsExactly("t1");

		begin(run("t1")).expectNext(new TurnStarted("t1"), ASKED, new ToolCall("t1", "c1", "refund", "{}"))
			.expectNextMatches(ToolResult.class::isInstance)
			.expectNext(new Token("t1", "Done."))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.context.nearLimits).isEmpty();
		assertThat(this.approvals.asleep(ANN)).isNull();
		assertThat(this.quota.running()).isZero();
	}

	@Test
	void aTurnThatIsBroughtBackTooEarlyWaitsAgain() {
		sleep();

		begin(run("t1")).expectNext(new TurnStarted("t1"), ASKED)
			.then(() -> this.context.scheduler().advanceTimeBy(IDLE))
			.expectNext(new TurnAsleep("t1"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.approvals.waiting(ANN)).hasSize(1);
	}

	@Test
	void whoDecidesAsTheTurnFallsAsleepIsHeard() {
		sleep();
		this.approvals.awake(ANN, "t1");
		this.approvals.decide(ANN, "t1", "c1", new Decision.Approve());

		assertThat(this.approvals.sleep(ANN, "t1")).isFalse();
		assertThat(this.woken).isEmpty();
	}

	@Test
	void whatElseComesWaitsForTheTurnThatIsAsleep() {
		sleep();

		begin(run("t2")).expectComplete().verify(PATIENCE);

		assertThat(this.context.stashed).isEqualTo(1);
		assertThat(this.woken).containsExactly("t1");
		assertThat(this.approvals.waiting(ANN)).hasSize(1);
		begin(run("t1")).expectNext(new TurnStarted("t1"), ASKED)
			.then(() -> assertThat(this.context.stashed).as("back behind the turn").isZero())
			.then(() -> this.context.scheduler().advanceTimeBy(IDLE.multipliedBy(3)))
			.expectNoEvent(Duration.ZERO)
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void whatElseComesGoesOnIfTheTurnDoesNot() {
		sleep();
		begin(run("t2")).expectComplete().verify(PATIENCE);

		this.approvals.over(ANN, "t1");

		assertThat(this.context.stashed).isZero();
	}

	@Test
	void aTurnThatNobodyWouldBringBackWaitsInMemory() {
		TurnRunner runner = runner(new Approvals());
		this.model.calls(FixtureModel.call("c1", "refund", "{}"));

		staysAwake(runner.run(request("t1"), List.of(), this.context));
	}

	@Test
	void aTurnThatIsInNoJournalWaitsInMemory() {
		this.approvals.wakeWith((agent, turn) -> this.woken.add(turn));
		this.model.calls(FixtureModel.call("c1", "refund", "{}"));

		staysAwake(runner(this.approvals).run(new TurnRequest("t1", "Hi?"), List.of(), this.context));
	}

	private void staysAwake(Flux<TurnEvent> turn) {
		AtomicReference<TurnEvent> last = new AtomicReference<>();
		begin(turn.doOnNext(last::set)).expectNextCount(2)
			.then(() -> this.context.scheduler().advanceTimeBy(IDLE.multipliedBy(3)))
			.expectNoEvent(Duration.ZERO)
			.thenCancel()
			.verify(PATIENCE);
		assertThat(last).hasValue(ASKED);
		assertThat(this.context.stopped).isNull();
	}

	private void sleep() {
		this.approvals.wakeWith((agent, turn) -> this.woken.add(turn));
		this.model.calls(FixtureModel.call("c1", "refund", "{}")).says("Done.");
		begin(run("t1")).expectNext(new TurnStarted("t1"), ASKED)
			.then(() -> this.context.scheduler().advanceTimeBy(IDLE.minusMillis(1)))
			.expectNoEvent(Duration.ZERO)
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofMillis(1)))
			.expectNext(new TurnAsleep("t1"))
			.expectComplete()
			.verify(PATIENCE);
	}

	/**
	 * What comes from the journal comes by the clock.
	 */
	private StepVerifier.Step<TurnEvent> begin(Flux<TurnEvent> turn) {
		return StepVerifier.create(turn).then(() -> this.context.scheduler().advanceTime());
	}

	private Flux<TurnEvent> run(String turn) {
		return runner(this.approvals).run(request(turn), List.of(), this.context);
	}

	private static TurnRequest request(String turn) {
		return new TurnRequest(turn, "Hi?").asAccepted();
	}

	private TurnRunner runner(Approvals approvals) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.tools(List.of(new FixtureTool("refund", () -> "refunded")))
			.budget(new Budget(10, 1000, Duration.ofMinutes(1)))
			.quotas(List.of(this.quota))
			.approvals(approvals)
			.approvalFor(Set.of("refund"))
			.journal(new JournalWriters(this.journal))
			.idleTimeout(IDLE)
			.build();
	}

}
