package io.switchboard.runtime;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the workers of a pool every millisecond while any of them is awake. A worker
 * that is seen with the same task for longer than a time slice is <em>held</em>: another
 * is added in its place, up to {@value #MAX_WORKERS} in all. Where the JVM was started
 * with {@code -XX:ThreadPriorityPolicy=1}, its thread gets the lowest priority; it cannot
 * always be raised again, so such a worker ends with its task. Workers too many are
 * dismissed when they are done with their task.
 * <p>
 * Time is counted in looks, not by the clock: a machine that stands still holds nobody.
 */
final class Watchdog implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Watchdog.class);

	private static final long TICK_NANOS = 1_000_000;

	/**
	 * Looks at the same task after which its worker is held.
	 */
	private static final int SLICE = 2;

	/**
	 * Looks at the same task after which that is reported.
	 */
	private static final int REPORT = 100;

	private static final int MAX_WORKERS = 256;

	/**
	 * Ticks without a worker awake after which the watchdog sleeps, too.
	 */
	private static final int PATIENCE = 50;

	private final FairPool pool;

	private final int size;

	private final HeldWorkers held;

	private final Thread thread;

	private final boolean prioritised = hasPriorities();

	private volatile boolean asleep;

	private volatile boolean closed;

	Watchdog(FairPool pool, String name, int size, HeldWorkers held) {
		this.pool = pool;
		this.size = size;
		this.held = held;
		this.thread = new Thread(this, name);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

	/**
	 * A worker has woken up.
	 */
	void wake() {
		if (this.asleep) {
			this.asleep = false;
			LockSupport.unpark(this.thread);
		}
	}

	@Override
	public void run() {
		int quiet = 0;
		while (!this.closed) {
			LockSupport.parkNanos(this, TICK_NANOS);
			try {
				quiet = look() ? 0 : quiet + 1;
			}
			catch (Throwable ex) {
				// also where there is no memory for another worker: there may be later
				Fatal.tell(ex);
				logger.error("The watchdog of the workers failed and goes on", ex);
			}
			if (quiet >= PATIENCE) {
				sleep();
				quiet = 0;
			}
		}
	}

	private void sleep() {
		this.asleep = true;
		// whoever wakes up from now on wakes this thread, too
		if (this.pool.workers().stream().allMatch(PoolWorker::isAsleep)) {
			while (this.asleep && !this.closed) {
				LockSupport.park(this);
			}
		}
		this.asleep = false;
	}

	/**
	 * Look at all workers once.
	 * @return whether any of them is awake
	 */
	private boolean look() {
		List<PoolWorker> workers = this.pool.workers();
		int total = 0;
		int free = 0;
		boolean awake = false;
		for (PoolWorker worker : workers) {
			total++;
			awake |= !worker.isAsleep();
			if (!isHeld(worker)) {
				free++;
			}
		}
		for (; free < this.size && total < MAX_WORKERS && !this.closed; free++, total++) {
			this.pool.addWorker();
		}
		if (free > this.size) {
			dismiss(workers, free - this.size);
		}
		return awake;
	}

	@SuppressWarnings("ThreadPriorityCheck") // where it has no effect, nothing is lost
	private boolean isHeld(PoolWorker worker) {
		Sighting last = worker.sighting;
		Runnable task = worker.task();
		if (task == null || worker.taken() != last.taken) {
			released(worker, last);
			last.begin(worker.taken());
			return false;
		}
		last.looks++;
		if (last.isHeld()) {
			handOver(worker);
		}
		if (last.looks == SLICE && this.prioritised) {
			worker.setPriority(Thread.MIN_PRIORITY);
		}
		if (last.looks == REPORT) {
			last.reported = task;
			this.held.held(task, Duration.ofNanos(REPORT * TICK_NANOS));
		}
		return last.isHeld();
	}

	/**
	 * What the worker would do next is not to wait for it.
	 * @param held the worker
	 */
	private void handOver(PoolWorker held) {
		Runnable waiting = held.takeNext();
		if (waiting != null) {
			this.pool.executeAnyway(waiting);
		}
	}

	private void released(PoolWorker worker, Sighting last) {
		if (last.isHeld() && this.prioritised) {
			this.pool.dismiss(worker);
		}
		Runnable task = last.reported;
		if (task != null) {
			this.held.released(task, Duration.ofNanos(last.looks * TICK_NANOS));
		}
	}

	/**
	 * Let go of workers that are not held: those that sleep first, then others as soon as
	 * they are done with their task. Under load none sleeps, and more workers than
	 * processors would only take each other's time, which looks as if they were held.
	 */
	private void dismiss(List<PoolWorker> workers, int tooMany) {
		int left = tooMany;
		for (PoolWorker worker : workers) {
			if (left > 0 && worker.isAsleep()) {
				this.pool.dismiss(worker);
				left--;
			}
		}
		for (PoolWorker worker : workers) {
			if (left > 0 && !worker.isDismissed() && !worker.sighting.isHeld()) {
				this.pool.dismiss(worker);
				left--;
			}
		}
	}

	private static boolean hasPriorities() {
		return ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.anyMatch((argument) -> argument.equals("-XX:ThreadPriorityPolicy=1"));
	}

	/**
	 * What the watchdog saw of a worker when it looked last.
	 */
	static final class Sighting {

		private long taken = -1;

		private long looks;

		private @Nullable Runnable reported;

		void begin(long taken) {
			this.taken = taken;
			this.looks = 0;
			this.reported = null;
		}

		boolean isHeld() {
			return this.looks >= SLICE;
		}

	}

}
