package io.switchboard.supervision;

import java.time.Duration;
import java.util.Objects;

/**
 * Waits between the restarts of a child, each longer than the one before. Not OTP's, and
 * off unless set: OTP restarts at once.
 * <p>
 * The first restart after an end waits for {@code first}, each further one for
 * {@code factor} times as long, up to {@code max}. A child that has been up for
 * {@code max} or longer begins with {@code first} again. So that many children do not
 * come back in the same moment, each wait is shortened by a random part of itself.
 * <p>
 * Restarts count against the budget when they are made, after the wait: where the waits
 * add up to more than the budget's period, it is never spent.
 *
 * @param first the first wait, more than zero
 * @param max the longest wait, at least as long as the first
 * @param factor how much longer each wait is than the one before, at least one
 * @param jitter the part of a wait that may be taken off at random, from zero for none to
 * one
 * @since 0.1.0
 */
public record RestartBackoff(Duration first, Duration max, double factor, double jitter) {

	private static final double DEFAULT_FACTOR = 2;

	private static final double DEFAULT_JITTER = 0.2;

	public RestartBackoff {
		Objects.requireNonNull(first, "'first' must not be null");
		Objects.requireNonNull(max, "'max' must not be null");
		if (first.isNegative() || first.isZero()) {
			throw new IllegalArgumentException(
					"Restart back-off has the first wait %s: more than zero is needed".formatted(first));
		}
		if (max.compareTo(first) < 0) {
			throw new IllegalArgumentException(
					"Restart back-off has the longest wait %s: at least the first wait of %s is needed".formatted(max,
							first));
		}
		if (!(factor >= 1) || Double.isInfinite(factor)) {
			throw new IllegalArgumentException(
					"Restart back-off has the factor %s: one or more is allowed".formatted(factor));
		}
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException(
					"Restart back-off has the jitter %s: zero to one is allowed".formatted(jitter));
		}
	}

	/**
	 * Double the wait each time, and take up to a fifth off.
	 * @param first the first wait
	 * @param max the longest wait
	 * @return the setting
	 */
	public static RestartBackoff exponential(Duration first, Duration max) {
		return new RestartBackoff(first, max, DEFAULT_FACTOR, DEFAULT_JITTER);
	}

	/**
	 * How long to wait before a restart.
	 * @param before how many restarts there were before in this row, zero for the first
	 * @param random a random number from zero to one
	 * @return the wait
	 */
	public Duration delay(int before, double random) {
		double longest = seconds(this.max);
		double full = Math.min(longest, seconds(this.first) * Math.pow(this.factor, before));
		double wait = full * (1 - this.jitter * random);
		return (wait >= longest) ? this.max : Duration.ofNanos(Math.round(wait * 1e9));
	}

	private static double seconds(Duration duration) {
		return duration.getSeconds() + duration.getNano() / 1e9;
	}

}
