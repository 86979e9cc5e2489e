package io.switchboard.autoconfigure.actuate;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells whether somebody has to look after the tree: a node was given up on, or an agent
 * is stuck. All others go on, so it is no reason to take the application out of service.
 */
final class SupervisionHealthIndicator extends AbstractHealthIndicator {

	private final SupervisionWatch watch;

	private final StuckAgents stuckAgents;

	SupervisionHealthIndicator(SupervisionWatch watch, StuckAgents stuckAgents) {
		super("The health of the supervision tree cannot be told");
		this.watch = watch;
		this.stuckAgents = stuckAgents;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Instant ended = this.watch.rootEnded();
		Set<String> givenUp = this.watch.givenUp();
		Map<String, Long> stuck = this.stuckAgents.now();
		builder.status((ended == null && givenUp.isEmpty() && stuck.isEmpty()) ? Status.UP : Status.DOWN);
		if (ended != null) {
			builder.withDetail("rootEndedAt", ended);
		}
		builder.withDetail("givenUp", givenUp).withDetail("stuck", stuck);
	}

}
