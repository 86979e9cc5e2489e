package io.switchboard.ai.recovery;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a retry. What the provider asks for comes first; where it asks
 * for nothing, the wait doubles from one retry to the next, and up to half of it is left
 * off at random, so that those who failed together do not come back together.
 *
 * @param first the wait before the first retry, more than zero
 * @param longest the longest wait, at least the first; a provider that asks for more is
 * not waited for
 * @since 0.1.0
 */
public record RetryDelay(Duration first, Duration longest) {

	private static final RetryDelay DEFAULTS = new RetryDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));

	private static final int MOST_DOUBLINGS = 30;

	/**
	 * Check the times.
	 * @throws IllegalArgumentException if they are not as said
	 */
	public RetryDelay {
		Objects.requireNonNull(first, "'first' must not be null");
		Objects.requireNonNull(longest, "'longest' must not be null");
		if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
			throw new IllegalArgumentException(
					"Retries wait %s at first and %s at most: the first needs more than zero, the longest at least as much"
						.formatted(first, longest));
		}
	}

	/**
	 * A second at first, a minute at most.
	 * @return the default
	 */
	public static RetryDelay defaults() {
		return DEFAULTS;
	}

	/**
	 * Whether a provider asks for no more time than it is given.
	 * @param asked what it asks for, {@code null} for nothing
	 * @return {@code true} if it can be waited for
	 */
	boolean allows(@Nullable Duration asked) {
		return asked == null || asked.compareTo(this.longest) <= 0;
	}

	/**
	 * The wait before a retry.
	 * @param asked what the provider asks for, {@code null} for nothing
	 * @param retry which retry it is, from one on
	 * @param random a number from zero to one
	 * @return how long to wait
	 */
	Duration before(@Nullable Duration asked, int retry, double random) {
		if (asked != null) {
			return asked;
		}
		int doublings = Math.min(retry - 1, MOST_DOUBLINGS);
		double nanos = Math.min((double) this.first.toNanos() * (1L << doublings), (double) this.longest.toNanos());
		return Duration.ofNanos((long) (nanos * (1 - random / 2)));
	}

}
