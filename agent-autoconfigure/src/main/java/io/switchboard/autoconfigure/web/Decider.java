package io.switchboard.autoconfigure.web;

import java.time.Duration;

import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Hands decisions to turns, and waits until they are in the journal, if that survives the
 * process.
 *
 * @param approvals what turns ask
 * @param durable whether what turns have taken survives
 * @param patience how long to wait for a turn that is busy
 * @param scheduler the clock
 */
record Decider(Approvals approvals, boolean durable, Duration patience, Scheduler scheduler) {

	/**
	 * Decide what a turn asks.
	 * @param asked what it asks
	 * @param decision what is decided
	 * @return whether the decision is as safe as it gets; {@code false} if it would be
	 * lost with the process, because the turn has not come to take it in time. Fails with
	 * an {@link io.switchboard.ai.approval.UnknownApprovalException} if nothing of that
	 * kind waits
	 */
	Mono<Boolean> decide(ApprovalRequest asked, Decision decision) {
		if (!this.durable) {
			return Mono.fromSupplier(() -> {
				this.approvals.decide(asked.agent(), asked.turn(), asked.call(), decision);
				return true;
			});
		}
		return this.approvals.decideAndWait(asked.agent(), asked.turn(), asked.call(), decision)
			.thenReturn(true)
			.timeout(this.patience, Mono.just(false), this.scheduler)
			.publishOn(this.scheduler);
	}

}
