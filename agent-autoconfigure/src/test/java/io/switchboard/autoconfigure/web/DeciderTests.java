package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.approval.UnknownApprovalException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Tests for {@link Decider}.
 */
class DeciderTests {

	private static final AgentPath SESSION = AgentPath.of("/desk/support/s-1");

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final ApprovalRequest asked = new ApprovalRequest(SESSION, "t1", "c1", "refund", "{}", null, Instant.EPOCH);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Approvals approvals = new Approvals();

	@BeforeEach
	void ask() {
		this.approvals.ask(this.asked);
	}

	@Test
	void aDecisionIsSafeWhenTheTurnHasWrittenIt() {
		StepVerifier.create(decider(true).decide(this.asked, new Decision.Approve()))
			.then(this.time::advanceTime)
			.then(() -> this.approvals.taken(SESSION, "c1"))
			.then(this.time::advanceTime)
			.expectNext(true)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aTurnThatIsBusyIsWaitedForAWhile() {
		StepVerifier.create(decider(true).decide(this.asked, new Decision.Approve()))
			.then(() -> this.time.advanceTimeBy(PATIENCE))
			.expectNext(false)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aTurnThatEndsBeforeItHasTheDecisionDoesNotWantIt() {
		StepVerifier.create(decider(true).decide(this.asked, new Decision.Approve()))
			.then(() -> this.approvals.over(SESSION, "t1"))
			.then(this.time::advanceTime)
			.expectError(UnknownApprovalException.class)
			.verify(PATIENCE);
	}

	@Test
	void nobodyWaitsForAJournalThatDoesNotSurvive() {
		StepVerifier.create(decider(false).decide(this.asked, new Decision.Approve()))
			.expectNext(true)
			.expectComplete()
			.verify(PATIENCE);
		StepVerifier.create(decider(false).decide(this.asked, new Decision.Approve()))
			.expectError(UnknownApprovalException.class)
			.verify(PATIENCE);
	}

	private Decider decider(boolean durable) {
		return new Decider(this.approvals, durable, PATIENCE, this.time);
	}

}
