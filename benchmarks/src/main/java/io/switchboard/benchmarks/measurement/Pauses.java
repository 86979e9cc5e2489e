package io.switchboard.benchmarks.measurement;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiting on the thread that drives a work, which is no agent's.
 */
public final class Pauses {

	private Pauses() {
	}

	public static void ofMillis(long millis) {
		until(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
	}

	/**
	 * Wait until a reading of {@link System#nanoTime()}.
	 * @param due the reading
	 * @return the reading when the wait was over
	 */
	public static long until(long due) {
		long now = System.nanoTime();
		while (now - due < 0) {
			LockSupport.parkNanos(due - now);
			now = System.nanoTime();
		}
		return now;
	}

}
