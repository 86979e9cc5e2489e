package io.switchboard.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sees now and then how long a task waits for a worker, by waiting for one. Confined to
 * the watchdog, but for its run.
 */
final class WaitMeasurement implements Runnable {

	/**
	 * Looks from one measurement to the next.
	 */
	private static final int PERIOD = 32;

	private final Executor pool;

	private volatile boolean waiting;

	private volatile long waited;

	private long since;

	WaitMeasurement(Executor pool) {
		this.pool = pool;
	}

	/**
	 * How long the last one waited, or the current one has if that is longer.
	 * @return the time, in looks
	 */
	long waited() {
		return this.waited;
	}

	/**
	 * Another look of the watchdog's, while a worker is awake.
	 */
	void look() {
		this.since++;
		if (this.waiting) {
			this.waited = Math.max(this.waited, this.since);
		}
		else if (this.since >= PERIOD) {
			this.since = 0;
			this.waited = 0;
			this.waiting = true;
			try {
				this.pool.execute(this);
			}
			catch (RejectedExecutionException ex) {
				// the pool is closed, and nobody waits any more
				this.waiting = false;
			}
		}
	}

	@Override
	public void run() {
		this.waiting = false;
	}

}
