package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Scheduler;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells whether somebody has to look after the tree: a node was given up on, or an agent
 * is stuck. All others go on, so it is no reason to take the application out of service.
 */
final class SupervisionHealthIndicator extends AbstractHealthIndicator {

	private final AgentSystem system;

	private final SupervisionWatch watch;

	private final Duration stuckAfter;

	private final Scheduler clock;

	SupervisionHealthIndicator(AgentSystem system, SupervisionWatch watch, Duration stuckAfter, Scheduler clock) {
		super("The health of the supervision tree cannot be told");
		this.system = system;
		this.watch = watch;
		this.stuckAfter = stuckAfter;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.system.workerStatistics().held() == 0) {
			this.watch.nobodyHolds();
		}
		Instant ended = this.watch.rootEnded();
		Set<String> givenUp = this.watch.givenUp();
		Map<String, Long> stuck = this.watch.stuck(this.stuckAfter,
				Instant.ofEpochMilli(this.clock.now(TimeUnit.MILLISECONDS)));
		builder.status((ended == null && givenUp.isEmpty() && stuck.isEmpty()) ? Status.UP : Status.DOWN);
		if (ended != null) {
			builder.withDetail("rootEndedAt", ended);
		}
		builder.withDetail("givenUp", givenUp).withDetail("stuck", stuck);
	}

}
