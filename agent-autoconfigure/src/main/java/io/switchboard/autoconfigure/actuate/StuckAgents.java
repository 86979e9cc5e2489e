package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Scheduler;

/**
 * Tells which agents have kept a worker for so long that somebody has to look after them.
 */
final class StuckAgents {

	private final AgentSystem system;

	private final SupervisionWatch watch;

	private final Duration after;

	private final Scheduler clock;

	/**
	 * Look at the agents of a system.
	 * @param system the system
	 * @param watch what is heard of it
	 * @param after for how long an agent may keep a worker
	 * @param clock the time
	 */
	StuckAgents(AgentSystem system, SupervisionWatch watch, Duration after, Scheduler clock) {
		HealthSettings.positive("supervision.stuck-after", after);
		this.system = system;
		this.watch = watch;
		this.after = after;
		this.clock = clock;
	}

	/**
	 * Who is stuck now.
	 * @return how many agents, by the names of their definitions
	 */
	Map<String, Long> now() {
		this.watch.forgetHoldersIf(() -> this.system.workerStatistics().held() == 0);
		return this.watch.stuck(this.after, Instant.ofEpochMilli(this.clock.now(TimeUnit.MILLISECONDS)));
	}

	/**
	 * How many are stuck now.
	 * @return the number of agents
	 */
	long count() {
		return now().values().stream().mapToLong(Long::longValue).sum();
	}

}
