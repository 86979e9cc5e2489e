package io.switchboard.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * A Reactor scheduler over a pool of the runtime's own, with timers that only hand over.
 * This is the one place that reads the machine's clock: time begins at the wall clock's
 * reading and then goes on steadily, whatever is done to that.
 */
final class PoolScheduler implements Scheduler {

	private static final Logger logger = LoggerFactory.getLogger(PoolScheduler.class);

	private final long epoch = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

	private final Executor executor;

	private final Runnable close;

	private final BooleanSupplier closed;

	private final TimerWheel timers;

	private PoolScheduler(String name, Executor executor, Runnable close, BooleanSupplier closed) {
		this.executor = executor;
		this.close = close;
		this.closed = closed;
		this.timers = new TimerWheel(name + "-timer", System::nanoTime);
	}

	/**
	 * Run agents, first come first served.
	 * @param pool carries them
	 * @return a scheduler
	 */
	static PoolScheduler over(FairPool pool) {
		return new PoolScheduler("switchboard", pool, pool::close, pool::isClosed);
	}

	/**
	 * Run work that blocks.
	 * @param pool carries it
	 * @return a scheduler
	 */
	static PoolScheduler over(BlockingPool pool) {
		return new PoolScheduler("switchboard-blocking", pool, pool::close, pool::isClosed);
	}

	/**
	 * Run something of the runtime's own, which nobody calls off.
	 * @param task what to run
	 */
	void execute(Runnable task) {
		this.executor.execute(task);
	}

	/**
	 * Run something of the runtime's own that the calling task has made ready.
	 * @param task what to run
	 */
	void executeSoon(Runnable task) {
		if (this.executor instanceof FairPool pool) {
			pool.executeSoon(task);
		}
		else {
			this.executor.execute(task);
		}
	}

	/**
	 * Run something that must get through under any load.
	 * @param task what to run
	 */
	void executeUrgent(Runnable task) {
		if (this.executor instanceof FairPool pool) {
			pool.executeUrgent(task);
		}
		else {
			this.executor.execute(task);
		}
	}

	@Override
	public Disposable schedule(Runnable task) {
		PooledTask pooled = new PooledTask(task);
		executeSoon(pooled);
		return pooled;
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		if (delay <= 0) {
			return schedule(task);
		}
		HandOver timer = new HandOver(new PooledTask(task), this.executor);
		this.timers.add(timer, unit.toNanos(delay));
		return timer;
	}

	/**
	 * Do something of the runtime's own after a while, on the timers' own thread.
	 * @param timer what to do; it must only hand over
	 * @param delayNanos in how many nanoseconds
	 */
	void set(TimerWheel.Timer timer, long delayNanos) {
		this.timers.add(timer, delayNanos);
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		SerialWorker worker = new SerialWorker(this);
		worker.schedulePeriodically(task, initialDelay, period, unit);
		return worker;
	}

	/**
	 * Hand a task over again and again.
	 * @param task the task, which decides itself where it runs
	 * @param initialDelay time to the first hand-over
	 * @param period time between hand-overs
	 * @param unit the unit of both
	 * @return ends the hand-overs
	 */
	Disposable tick(Runnable task, long initialDelay, long period, TimeUnit unit) {
		long first = this.timers.in(unit.toNanos(initialDelay));
		Ticks ticks = new Ticks(task, first, unit.toNanos(period));
		this.timers.addAt(ticks, first);
		return ticks;
	}

	@Override
	public long now(TimeUnit unit) {
		return unit.convert(this.epoch + System.nanoTime(), TimeUnit.NANOSECONDS);
	}

	@Override
	public Worker createWorker() {
		return new SerialWorker(this);
	}

	@Override
	public void dispose() {
		this.timers.close();
		this.close.run();
	}

	@Override
	public boolean isDisposed() {
		return this.closed.getAsBoolean();
	}

	static void uncaught(Thread thread, Throwable ex) {
		logger.error("A task failed on thread '{}' and nobody was there to be told", thread.getName(), ex);
	}

	/**
	 * Hands a task over when its time has come.
	 */
	private static final class HandOver extends TimerWheel.Timer {

		private final PooledTask task;

		private final Executor executor;

		HandOver(PooledTask task, Executor executor) {
			this.task = task;
			this.executor = executor;
		}

		@Override
		void due() {
			this.executor.execute(this.task);
		}

		@Override
		public void dispose() {
			super.dispose();
			this.task.dispose();
		}

		@Override
		public boolean isDisposed() {
			return this.task.isDisposed();
		}

	}

	/**
	 * Hands a task over again and again.
	 */
	private static final class Ticks extends TimerWheel.Timer {

		private final Runnable task;

		private final long periodNanos;

		private long dueNanos;

		private volatile boolean ended;

		Ticks(Runnable task, long firstNanos, long periodNanos) {
			this.task = task;
			this.dueNanos = firstNanos;
			this.periodNanos = periodNanos;
		}

		@Override
		void due() {
			try {
				this.task.run();
			}
			finally {
				if (!this.ended) {
					this.dueNanos += this.periodNanos;
					again(this.dueNanos);
				}
				if (this.ended) {
					super.dispose();
				}
			}
		}

		@Override
		public void dispose() {
			this.ended = true;
			super.dispose();
		}

	}

}
