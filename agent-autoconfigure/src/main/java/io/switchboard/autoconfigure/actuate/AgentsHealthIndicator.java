package io.switchboard.autoconfigure.actuate;

import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.WorkerStatistics;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether the agents have threads to live on. A thread that is abandoned is lost
 * until its code returns, which may be never; past a number of them only a new process
 * helps.
 */
final class AgentsHealthIndicator extends AbstractHealthIndicator {

	private final AgentSystem system;

	private final int maxAbandoned;

	AgentsHealthIndicator(AgentSystem system, int maxAbandoned) {
		super("The health of the agents cannot be told");
		this.system = system;
		this.maxAbandoned = maxAbandoned;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		WorkerStatistics workers = this.system.workerStatistics();
		builder.withDetail("abandonedThreads", workers.abandoned())
			.withDetail("maxAbandonedThreads", this.maxAbandoned)
			.withDetail("heldWorkers", workers.held())
			.withDetail("spareWorkers", workers.spare());
		if (workers.abandoned() > this.maxAbandoned) {
			builder.down();
		}
		else {
			builder.up();
		}
	}

}
