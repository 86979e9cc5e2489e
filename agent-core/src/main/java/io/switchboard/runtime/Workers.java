package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Where a system's work runs, and which of it is the system's own to dispose.
 *
 * @param scheduler the agents' and supervisors' executor and clock
 * @param blockingScheduler where work that blocks its thread runs
 * @param agentPool the system's own workers, or {@code null} if it was given a scheduler
 * @param blockingPool the system's own threads for work that blocks, or {@code null}
 * @param owned the schedulers to dispose at the end
 */
record Workers(Scheduler scheduler, Scheduler blockingScheduler, @Nullable FairPool agentPool,
		@Nullable BlockingPool blockingPool, List<Scheduler> owned) {

	static Workers of(AgentSystemBuilder builder, HeldWorkers held) {
		List<Scheduler> owned = new ArrayList<>(2);
		FairPool pool = null;
		Scheduler agents = builder.scheduler;
		if (agents == null) {
			pool = new FairPool("switchboard", builder.workers, held);
			agents = PoolScheduler.over(pool);
			owned.add(agents);
		}
		BlockingPool blockingPool = null;
		Scheduler blocking = builder.blockingScheduler;
		if (blocking == null) {
			blockingPool = new BlockingPool("switchboard-blocking", builder.workers);
			blocking = PoolScheduler.over(blockingPool);
			owned.add(blocking);
		}
		return new Workers(agents, blocking, pool, blockingPool, owned);
	}

	WorkerStatistics statistics(AbandonedThreads abandoned) {
		WorkerStatistics all = new WorkerStatistics(0, 0, 0, 0, Duration.ZERO, abandoned.count(), abandoned.total(), 0,
				0);
		if (this.agentPool != null) {
			all = this.agentPool.statistics(all);
		}
		return (this.blockingPool != null) ? this.blockingPool.statistics(all) : all;
	}

	/**
	 * Run something of the runtime's own that nobody calls off.
	 * @param task what to run
	 */
	void execute(Runnable task) {
		if (this.scheduler instanceof PoolScheduler pool) {
			pool.execute(task);
		}
		else {
			this.scheduler.schedule(task);
		}
	}

	/**
	 * Run something of the runtime's own that the calling task has made ready.
	 * @param task what to run
	 */
	void executeSoon(Runnable task) {
		if (this.scheduler instanceof PoolScheduler pool) {
			pool.executeSoon(task);
		}
		else {
			this.scheduler.schedule(task);
		}
	}

	/**
	 * Run something that must get through under any load.
	 * @param task what to run
	 */
	void executeUrgent(Runnable task) {
		if (this.scheduler instanceof PoolScheduler pool) {
			pool.executeUrgent(task);
		}
		else {
			this.scheduler.schedule(task);
		}
	}

	/**
	 * Set a timer of the runtime's own.
	 * @param timer what to do; it must only hand over
	 * @param delay in what time
	 */
	void set(TimerWheel.Timer timer, Duration delay) {
		if (this.scheduler instanceof PoolScheduler pool) {
			pool.set(timer, Nanos.of(delay));
		}
		else {
			timer.waitElsewhere(this.scheduler.schedule(timer::goOff, Nanos.of(delay), TimeUnit.NANOSECONDS));
		}
	}

	/**
	 * Take no more work. What runs already may end.
	 */
	void release() {
		this.owned.forEach(Scheduler::dispose);
	}

}
