package io.switchboard.runtime;

import java.time.Duration;

/**
 * Durations as nanoseconds, the longest ones cut to about 292 years.
 */
final class Nanos {

	private Nanos() {
	}

	static long of(Duration duration) {
		try {
			return duration.toNanos();
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE;
		}
	}

}
