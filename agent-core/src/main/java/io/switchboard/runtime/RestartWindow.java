package io.switchboard.runtime;

import java.util.Arrays;

import io.switchboard.supervision.RestartIntensity;

/**
 * The sliding window of a restart budget, by OTP's exact rule: at each attempt those
 * older than the period are dropped (one exactly as old is kept), the attempt is added,
 * and if more remain than the budget allows, it is refused.
 * <p>
 * Only the latest {@code maxRestarts} attempts can matter, so no more are stored, in a
 * ring that grows on demand: a large budget costs no time per restart.
 */
final class RestartWindow {

	private final Object lock = new Object();

	private int maxRestarts;

	private long withinNanos;

	private long[] attempts = new long[4];

	private int first;

	private int size;

	RestartWindow(RestartIntensity intensity) {
		this.maxRestarts = intensity.maxRestarts();
		this.withinNanos = Nanos.of(intensity.within());
	}

	/**
	 * Count an attempt to restart.
	 * @param now the runtime's clock, in nanoseconds
	 * @return whether the budget allows it
	 */
	boolean tryRestart(long now) {
		synchronized (this.lock) {
			prune(now);
			if (this.size >= this.maxRestarts) {
				return false;
			}
			add(now);
			return true;
		}
	}

	/**
	 * How many restarts count against the budget; may be called from any thread.
	 * @param now the runtime's clock, in nanoseconds
	 * @return attempts not older than the period
	 */
	int count(long now) {
		synchronized (this.lock) {
			int count = this.size;
			while (count > 0 && now
					- this.attempts[(this.first + this.size - count) % this.attempts.length] > this.withinNanos) {
				count--;
			}
			return count;
		}
	}

	/**
	 * Go by another budget. What was counted still counts.
	 * @param intensity the budget
	 */
	void change(RestartIntensity intensity) {
		synchronized (this.lock) {
			this.maxRestarts = intensity.maxRestarts();
			this.withinNanos = Nanos.of(intensity.within());
		}
	}

	/**
	 * Forget what was counted.
	 */
	void clear() {
		synchronized (this.lock) {
			this.size = 0;
		}
	}

	private void prune(long now) {
		while (this.size > 0 && now - this.attempts[this.first] > this.withinNanos) {
			this.first = (this.first + 1) % this.attempts.length;
			this.size--;
		}
	}

	private void add(long now) {
		if (this.size == this.attempts.length) {
			long[] grown = Arrays.copyOfRange(this.attempts, this.first, this.first + this.size * 2);
			System.arraycopy(this.attempts, 0, grown, this.size - this.first, this.first);
			this.attempts = grown;
			this.first = 0;
		}
		this.attempts[(this.first + this.size) % this.attempts.length] = now;
		this.size++;
	}

}
