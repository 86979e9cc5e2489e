package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.switchboard.event.AgentEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the world of agents that keep a worker for long.
 */
final class HeldWorkers {

	private static final Logger logger = LoggerFactory.getLogger(HeldWorkers.class);

	private final Consumer<AgentEvent> events;

	private final Supplier<Instant> clock;

	HeldWorkers(Consumer<AgentEvent> events, Supplier<Instant> clock) {
		this.events = events;
		this.clock = clock;
	}

	/**
	 * A worker has been with one task for a while, and another takes its place.
	 * @param task the task
	 * @param since for how long
	 */
	void held(Runnable task, Duration since) {
		AgentWork work = workOf(task);
		if (work != null) {
			this.events.accept(new AgentEvent.WorkerHeld(work.path(), work.incarnation(), since, this.clock.get()));
		}
		else {
			logger.warn("A task of {} has kept a worker for {} ms; another takes its place", task.getClass().getName(),
					since.toMillis());
		}
	}

	/**
	 * A worker that was reported as held is free again.
	 * @param task the task that had held it
	 * @param after for how long
	 */
	void released(Runnable task, Duration after) {
		AgentWork work = workOf(task);
		if (work != null) {
			this.events.accept(new AgentEvent.WorkerReleased(work.path(), work.incarnation(), after, this.clock.get()));
		}
	}

	private static @Nullable AgentWork workOf(Runnable task) {
		Runnable inner = (task instanceof PooledTask pooled) ? pooled.task() : task;
		return (inner instanceof AgentWork work) ? work : null;
	}

}
