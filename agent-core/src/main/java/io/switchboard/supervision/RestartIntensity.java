package io.switchboard.supervision;

import java.time.Duration;
import java.util.Objects;

/**
 * The restart budget: how many restarts within a sliding period are normal life. One more
 * and the supervisor gives up.
 *
 * @param maxRestarts restarts allowed within the period, zero or more
 * @param within the period, more than zero
 * @since 0.1.0
 */
public record RestartIntensity(int maxRestarts, Duration within) {

	private static final RestartIntensity DEFAULTS = new RestartIntensity(3, Duration.ofSeconds(5));

	public RestartIntensity {
		Objects.requireNonNull(within, "'within' must not be null");
		if (maxRestarts < 0) {
			throw new IllegalArgumentException(
					"Restart intensity has max-restarts %d: zero or more is allowed".formatted(maxRestarts));
		}
		if (within.isNegative() || within.isZero()) {
			throw new IllegalArgumentException(
					"Restart intensity has the period %s: more than zero is needed".formatted(within));
		}
	}

	/**
	 * Three restarts in five seconds, as in Elixir.
	 * @return the default
	 */
	public static RestartIntensity defaults() {
		return DEFAULTS;
	}

}
