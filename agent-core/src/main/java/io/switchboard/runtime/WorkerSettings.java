package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;

/**
 * How many threads carry the agents of a system, and when one of them counts as held.
 * <p>
 * You probably want the {@linkplain #defaults() defaults}, and change single settings of
 * them. They apply to schedulers of the system's own, not to one that it is
 * {@linkplain AgentSystemBuilder#scheduler given}.
 *
 * @param count how many workers are to be free for agents at any time, one or more
 * @param maxSpare how many workers may be added in the place of those that are held, zero
 * or more; the same number of threads may be added in the place of abandoned ones that
 * blocked
 * @param heldAfter how long an agent may have a worker before another takes its place;
 * counted in milliseconds, by looks, not by the clock, or by the time on a processor
 * where that is more
 * @param reportedAfter how long it may have it before that is told as an event, no
 * shorter than {@code heldAfter}
 * @param blockingThreads what kind of threads carries work that blocks
 * @param maxBlockingThreads how many threads of the operating system may carry work that
 * blocks, one or more
 * @since 0.1.0
 */
public record WorkerSettings(int count, int maxSpare, Duration heldAfter, Duration reportedAfter,
		BlockingThreads blockingThreads, int maxBlockingThreads) {

	/**
	 * Check the settings.
	 */
	public WorkerSettings {
		check("count", count, 1);
		check("maxSpare", maxSpare, 0);
		Objects.requireNonNull(heldAfter, "'heldAfter' must not be null");
		Objects.requireNonNull(reportedAfter, "'reportedAfter' must not be null");
		Objects.requireNonNull(blockingThreads, "'blockingThreads' must not be null");
		if (heldAfter.isNegative() || heldAfter.isZero()) {
			throw new IllegalArgumentException(
					"'heldAfter' is %s: a duration of more than zero is allowed, such as 2 ms".formatted(heldAfter));
		}
		if (reportedAfter.compareTo(heldAfter) < 0) {
			throw new IllegalArgumentException(
					"'reportedAfter' is %s: a duration of at least 'heldAfter' is allowed, which is %s"
						.formatted(reportedAfter, heldAfter));
		}
		check("maxBlockingThreads", maxBlockingThreads, 1);
		if (blockingThreads == BlockingThreads.VIRTUAL && !VirtualThreads.AVAILABLE) {
			throw new IllegalArgumentException(
					"'blockingThreads' is VIRTUAL, and this JDK (%s) has no virtual threads: choose AUTOMATIC or PLATFORM, or run on JDK 21 or later"
						.formatted(Runtime.version().feature()));
		}
	}

	private static void check(String name, int value, int least) {
		if (value < least) {
			throw new IllegalArgumentException("'%s' is %d: %d or more is allowed".formatted(name, value, least));
		}
	}

	/**
	 * What a system has that is told nothing else: as many workers as processors, 256
	 * spare ones, held after two milliseconds and reported after a hundred; blocking work
	 * on {@linkplain BlockingThreads#AUTOMATIC up to 256 threads, and virtual ones
	 * beyond}.
	 * @return the defaults
	 */
	public static WorkerSettings defaults() {
		return new WorkerSettings(Runtime.getRuntime().availableProcessors(), 256, Duration.ofMillis(2),
				Duration.ofMillis(100), BlockingThreads.AUTOMATIC, 256);
	}

	/**
	 * Have another number of workers.
	 * @param count how many are to be free at any time
	 * @return the changed settings
	 */
	public WorkerSettings withCount(int count) {
		return new WorkerSettings(count, this.maxSpare, this.heldAfter, this.reportedAfter, this.blockingThreads,
				this.maxBlockingThreads);
	}

	/**
	 * Have another number of spare workers.
	 * @param maxSpare how many there may be
	 * @return the changed settings
	 */
	public WorkerSettings withMaxSpare(int maxSpare) {
		return new WorkerSettings(this.count, maxSpare, this.heldAfter, this.reportedAfter, this.blockingThreads,
				this.maxBlockingThreads);
	}

	/**
	 * Notice held workers earlier or later.
	 * @param heldAfter when another worker takes the place
	 * @param reportedAfter when that is told
	 * @return the changed settings
	 */
	public WorkerSettings withHeld(Duration heldAfter, Duration reportedAfter) {
		return new WorkerSettings(this.count, this.maxSpare, heldAfter, reportedAfter, this.blockingThreads,
				this.maxBlockingThreads);
	}

	/**
	 * Let other threads carry work that blocks.
	 * @param blockingThreads what kind
	 * @param maxBlockingThreads how many of the operating system's
	 * @return the changed settings
	 */
	public WorkerSettings withBlocking(BlockingThreads blockingThreads, int maxBlockingThreads) {
		return new WorkerSettings(this.count, this.maxSpare, this.heldAfter, this.reportedAfter, blockingThreads,
				maxBlockingThreads);
	}

}
