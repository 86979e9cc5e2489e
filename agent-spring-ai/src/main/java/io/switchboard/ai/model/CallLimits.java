package io.switchboard.ai.model;

import java.time.Duration;
import java.util.Objects;

/**
 * How long one call of a model may take, and how long it may be silent. Zero is no limit.
 * <p>
 * You probably want {@link #defaults()}, with more time to begin for a model that thinks
 * before it says anything.
 * <p>
 * A sign of life is everything that comes over the connection, where a {@link ModelLine}
 * sees that: also a piece that the client keeps back, such as the arguments of a long
 * call of a tool, and what some providers send to keep a connection open. Without a line,
 * it is a piece of the answer.
 *
 * @param firstToken how long it may take until the first sign of life; what advisors do
 * before the call is part of it, a wait for the provider is not
 * @param stall how long there may be no sign of life after that
 * @param total how long the whole call may take
 * @since 0.1.0
 */
public record CallLimits(Duration firstToken, Duration stall, Duration total) {

	private static final CallLimits DEFAULTS = new CallLimits(Duration.ofSeconds(60), Duration.ofSeconds(30),
			Duration.ofMinutes(10));

	private static final CallLimits NONE = new CallLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if one is negative
	 */
	public CallLimits {
		check("firstToken", firstToken);
		check("stall", stall);
		check("total", total);
	}

	private static void check(String name, Duration limit) {
		Objects.requireNonNull(limit, () -> "'" + name + "' must not be null");
		if (limit.isNegative()) {
			throw new IllegalArgumentException(
					"Model calls have the limit '%s' of %s: zero or more is needed, where zero is no limit"
						.formatted(name, limit));
		}
	}

	/**
	 * A minute to begin, half a minute of silence, and ten minutes in all.
	 * @return the default
	 */
	public static CallLimits defaults() {
		return DEFAULTS;
	}

	/**
	 * No limits, for models that have their own.
	 * @return limits of zero
	 */
	public static CallLimits none() {
		return NONE;
	}

	/**
	 * Change how long a call may take to begin.
	 * @param firstToken how long, zero for no limit
	 * @return a changed copy
	 */
	public CallLimits withFirstToken(Duration firstToken) {
		return new CallLimits(firstToken, this.stall, this.total);
	}

	/**
	 * Change how long a call may be silent.
	 * @param stall how long, zero for no limit
	 * @return a changed copy
	 */
	public CallLimits withStall(Duration stall) {
		return new CallLimits(this.firstToken, stall, this.total);
	}

	/**
	 * Change how long a call may take in all.
	 * @param total how long, zero for no limit
	 * @return a changed copy
	 */
	public CallLimits withTotal(Duration total) {
		return new CallLimits(this.firstToken, this.stall, total);
	}

}
