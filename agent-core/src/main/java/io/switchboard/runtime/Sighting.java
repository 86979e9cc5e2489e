package io.switchboard.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What the watchdog saw of a worker when it looked last: which task, and for how long.
 * Confined to the watchdog.
 * <p>
 * That time is counted in looks, so that a machine that stands still holds nobody. But
 * who computes without an end may well keep the watchdog from looking: so the time that
 * the worker's thread has had on a processor counts where it is more.
 */
final class Sighting {

	private static final long NONE = -1;

	private final long tickNanos;

	private long taken = NONE;

	private long looks;

	/**
	 * What time the thread had had on a processor before the task, as far as is known.
	 */
	private long before;

	private @Nullable Runnable reported;

	/**
	 * Make one of a worker that was never looked at.
	 * @param tickNanos the time between two looks
	 */
	Sighting(long tickNanos) {
		this.tickNanos = tickNanos;
	}

	/**
	 * Whether the worker was seen with a task.
	 * @param taken the number of the task
	 * @return {@code true} if it was this one
	 */
	boolean isOf(long taken) {
		return this.taken == taken;
	}

	/**
	 * See a worker without a task. Which one it takes next is not known yet.
	 */
	void idle() {
		begin(NONE, 0, 0);
	}

	/**
	 * See a task for the first time.
	 * @param taken the task's number; one for the first task of a worker, which has had
	 * all the time that the worker has
	 * @param processorNanos the time that the worker's thread has had on a processor
	 */
	void begin(long taken, long processorNanos) {
		long earlier = (taken != 1) ? processorNanos : 0;
		begin(taken, earlier, (processorNanos - earlier) / this.tickNanos);
	}

	private void begin(long taken, long earlier, long seen) {
		this.taken = taken;
		this.before = earlier;
		this.looks = seen;
		this.reported = null;
	}

	/**
	 * See the same task again.
	 * @param processorNanos the time that the worker's thread has had on a processor
	 */
	void again(long processorNanos) {
		this.looks = Math.max(this.looks + 1, (processorNanos - this.before) / this.tickNanos);
	}

	/**
	 * For how long the worker has had the task.
	 * @return the time, in looks
	 */
	long looks() {
		return this.looks;
	}

	/**
	 * What was told to be held.
	 * @return the task, or {@code null} if it was not told
	 */
	@Nullable Runnable reported() {
		return this.reported;
	}

	void report(Runnable task) {
		this.reported = task;
	}

}
