package io.switchboard.ai.model;

import java.time.Duration;
import java.util.Objects;

/**
 * When to leave a failing provider alone, and for how long.
 * <p>
 * You probably want {@link #defaults()} with one value changed.
 *
 * @param failureRate how many of a hundred calls have to fail, from 1 to 100
 * @param minimumCalls how many calls have to have ended within the window before their
 * rate means anything, at least one
 * @param window how far back calls are counted, in whole seconds, at least one
 * @param openFor how long no call is let through, more than zero; then one is tried
 * @since 0.1.0
 */
public record BreakerSettings(int failureRate, int minimumCalls, Duration window, Duration openFor) {

	private static final BreakerSettings DEFAULTS = new BreakerSettings(50, 5, Duration.ofMinutes(1),
			Duration.ofSeconds(10));

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public BreakerSettings {
		Objects.requireNonNull(window, "'window' must not be null");
		Objects.requireNonNull(openFor, "'openFor' must not be null");
		if (failureRate < 1 || failureRate > 100) {
			throw new IllegalArgumentException(
					"Breaker has the failure rate %d: 1 to 100 is needed".formatted(failureRate));
		}
		if (minimumCalls < 1) {
			throw new IllegalArgumentException(
					"Breaker has %d calls at least: at least 1 is needed".formatted(minimumCalls));
		}
		if (window.toSeconds() < 1 || window.toSeconds() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("Breaker has the window %s: at least a second is needed, and at most %d"
				.formatted(window, Integer.MAX_VALUE));
		}
		if (openFor.toMillis() < 1) {
			throw new IllegalArgumentException(
					"Breaker is open for %s: at least a millisecond is needed".formatted(openFor));
		}
	}

	/**
	 * Half of at least five calls within a minute, and a wait of ten seconds.
	 * @return the default
	 */
	public static BreakerSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Change how many calls have to fail.
	 * @param failureRate how many of a hundred, from 1 to 100
	 * @return a changed copy
	 */
	public BreakerSettings withFailureRate(int failureRate) {
		return new BreakerSettings(failureRate, this.minimumCalls, this.window, this.openFor);
	}

	/**
	 * Change how many calls are needed for a rate.
	 * @param minimumCalls how many, at least one
	 * @return a changed copy
	 */
	public BreakerSettings withMinimumCalls(int minimumCalls) {
		return new BreakerSettings(this.failureRate, minimumCalls, this.window, this.openFor);
	}

	/**
	 * Change how far back calls are counted.
	 * @param window how far, at least a second
	 * @return a changed copy
	 */
	public BreakerSettings withWindow(Duration window) {
		return new BreakerSettings(this.failureRate, this.minimumCalls, window, this.openFor);
	}

	/**
	 * Change how long no call is let through.
	 * @param openFor how long, more than zero
	 * @return a changed copy
	 */
	public BreakerSettings withOpenFor(Duration openFor) {
		return new BreakerSettings(this.failureRate, this.minimumCalls, this.window, openFor);
	}

}
