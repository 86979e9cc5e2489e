package io.switchboard.runtime;

import java.time.Duration;

/**
 * Durations as nanoseconds, the longest ones cut to about 146 years, so that a clock can
 * add them without an overflow.
 */
final class Nanos {

	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

	private Nanos() {
	}

	static long of(Duration duration) {
		return (duration.compareTo(LONGEST) > 0) ? LONGEST.toNanos() : duration.toNanos();
	}

}
