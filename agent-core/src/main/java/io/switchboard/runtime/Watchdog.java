package io.switchboard.runtime;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the workers of a pool every millisecond while any of them is awake. A worker
 * that is seen with the same task for longer than a time slice is <em>held</em>: another
 * is added in its place, within a bound. Where the JVM was started with
 * {@code -XX:ThreadPriorityPolicy=1}, its thread gets the lowest priority; it cannot
 * always be raised again, so such a worker ends with its task. Workers too many are
 * dismissed when they are done with their task.
 * <p>
 * Time is counted in looks, not by the clock: a machine that stands still holds nobody.
 * Where that is more, it is the time that the worker's thread has had on a processor: a
 * pair of tasks that compute without an end lets the watchdog look only each four
 * milliseconds or so.
 */
final class Watchdog implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Watchdog.class);

	static final long TICK_NANOS = 1_000_000;

	/**
	 * Looks for which there are workers ahead of need.
	 */
	private static final int AHEAD = 10;

	/**
	 * Ticks without a worker awake after which the watchdog sleeps, too.
	 */
	private static final int PATIENCE = 50;

	private final FairPool pool;

	private final int size;

	private final int maxWorkers;

	/**
	 * Looks at the same task after which its worker is held.
	 */
	private final long slice;

	/**
	 * Looks at the same task after which that is reported.
	 */
	private final long report;

	private final HeldWorkers listener;

	/**
	 * Confined to the watchdog.
	 */
	private boolean exhausted;

	private final WaitMeasurement measurement;

	private volatile int held;

	private volatile long holds;

	/**
	 * How many workers more than usual are to be free, and for how many looks.
	 */
	private int ahead;

	private int aheadFor;

	private final Thread thread;

	private final boolean prioritised = hasPriorities();

	private volatile boolean asleep;

	private volatile boolean closed;

	Watchdog(FairPool pool, String name, WorkerSettings settings, HeldWorkers listener) {
		this.pool = pool;
		this.size = settings.count();
		this.maxWorkers = settings.count() + settings.maxSpare();
		this.slice = looks(settings.heldAfter());
		this.report = looks(settings.reportedAfter());
		this.listener = listener;
		this.measurement = new WaitMeasurement(pool);
		this.thread = new Thread(this, name);
		this.thread.setDaemon(true);
	}

	private static long looks(Duration time) {
		return Math.max(1, (Nanos.of(time) + TICK_NANOS - 1) / TICK_NANOS);
	}

	/**
	 * How many workers were held at the last look.
	 * @return the number
	 */
	int held() {
		return this.held;
	}

	/**
	 * How often a worker was held so far.
	 * @return the number
	 */
	long holds() {
		return this.holds;
	}

	/**
	 * How long a task waited for a worker when that was looked at last.
	 * @return the time, to a look
	 */
	Duration delay() {
		return Duration.ofNanos(this.measurement.waited() * TICK_NANOS);
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
		int heldNow = 0;
		boolean awake = false;
		for (PoolWorker worker : workers) {
			total++;
			awake |= !worker.isAsleep();
			if (isHeld(worker)) {
				heldNow++;
			}
			else if (!worker.isDismissed()) {
				free++;
			}
		}
		int wanted = this.size + ahead(heldNow - this.held);
		this.held = heldNow;
		for (; free < wanted && total < this.maxWorkers && !this.closed; free++, total++) {
			this.pool.addWorker();
		}
		tellIfExhausted(free);
		if (awake && !this.closed) {
			this.measurement.look();
		}
		if (free > wanted) {
			dismiss(workers, free - wanted);
		}
		return awake;
	}

	/**
	 * How many workers to have ahead of need. Where workers are held one after another,
	 * more such tasks may wait: with as many further workers as were held last they are
	 * found in a few rounds, and not a pair in each.
	 * @param more how many workers are held that were not at the last look
	 * @return the number
	 */
	private int ahead(int more) {
		if (more > 0 && this.held > 0) {
			this.ahead = more;
			this.aheadFor = AHEAD;
		}
		else if (this.aheadFor > 0) {
			this.aheadFor--;
		}
		else {
			this.ahead = 0;
		}
		return this.ahead;
	}

	/**
	 * Say once that no more workers may be added, until all places are taken again.
	 * @param free how many workers are free
	 */
	private void tellIfExhausted(int free) {
		if (free >= this.size) {
			this.exhausted = false;
		}
		else if (free == 0 && !this.exhausted && !this.closed) {
			this.exhausted = true;
			logger.warn("All {} workers are held, and no more may be added: agents and supervisors wait until one "
					+ "is free; allow more spare workers, or see who holds them", this.maxWorkers);
		}
	}

	@SuppressWarnings("ThreadPriorityCheck") // where it has no effect, nothing is lost
	private boolean isHeld(PoolWorker worker) {
		Sighting last = worker.sighting;
		// In this order, as the worker writes its number first: with a task, its number
		// is
		// seen, or one of a later task, and never that of the task before
		Runnable task = worker.task();
		long taken = worker.taken();
		boolean again = task != null && last.isOf(taken);
		if (!again) {
			released(worker, last);
		}
		if (task == null) {
			last.idle();
			return false;
		}
		long known = again ? last.looks() : 0;
		if (again) {
			last.again(ProcessorTime.of(worker));
		}
		else {
			last.begin(taken, ProcessorTime.of(worker));
		}
		if (last.looks() >= this.slice) {
			handOver(worker);
		}
		if (known < this.slice && last.looks() >= this.slice) {
			countHold();
			if (this.prioritised) {
				worker.setPriority(Thread.MIN_PRIORITY);
			}
		}
		if (known < this.report && last.looks() >= this.report) {
			last.report(task);
			this.listener.held(task, Duration.ofNanos(this.report * TICK_NANOS));
		}
		return last.looks() >= this.slice;
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // only the watchdog itself writes
	private void countHold() {
		this.holds++;
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
		if (last.looks() >= this.slice && this.prioritised) {
			this.pool.dismiss(worker);
		}
		Runnable task = last.reported();
		if (task != null) {
			this.listener.released(task, Duration.ofNanos(last.looks() * TICK_NANOS));
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
			if (left > 0 && worker.isAsleep() && !worker.isDismissed()) {
				this.pool.dismiss(worker);
				left--;
			}
		}
		for (PoolWorker worker : workers) {
			if (left > 0 && !worker.isDismissed() && worker.sighting.looks() < this.slice) {
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

}
