package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.Objects;

import io.switchboard.ai.failure.FailureClass;

/**
 * What one turn may cost at most.
 * <p>
 * You probably want {@link #defaults()} with one limit changed. A turn that reaches a
 * limit without an answer fails as {@link FailureClass#BUDGET_SPENT}.
 * <p>
 * Steps and tokens are looked at between two model calls: a call that has begun is not
 * cut short by them, so the last one can go past the limit. Time cuts at once.
 *
 * @param steps how many model calls, at least one
 * @param tokens how many tokens, sent and received together, at least one; providers that
 * do not count them are not limited by this
 * @param time how long, tools included, more than zero
 * @since 0.1.0
 */
public record Budget(int steps, long tokens, Duration time) {

	private static final Budget DEFAULTS = new Budget(12, 20_000, Duration.ofMinutes(2));

	/**
	 * Check the limits.
	 * @throws IllegalArgumentException if one is zero or negative
	 */
	public Budget {
		Objects.requireNonNull(time, "'time' must not be null");
		if (steps < 1) {
			throw new IllegalArgumentException("Budget has %d steps: at least 1 is needed".formatted(steps));
		}
		if (tokens < 1) {
			throw new IllegalArgumentException("Budget has %d tokens: at least 1 is needed".formatted(tokens));
		}
		if (time.isNegative() || time.isZero()) {
			throw new IllegalArgumentException("Budget has the time %s: more than zero is needed".formatted(time));
		}
	}

	/**
	 * 12 steps, 20,000 tokens, two minutes.
	 * @return the default
	 */
	public static Budget defaults() {
		return DEFAULTS;
	}

	/**
	 * Change the number of model calls.
	 * @param steps how many, at least one
	 * @return a changed copy
	 */
	public Budget withSteps(int steps) {
		return new Budget(steps, this.tokens, this.time);
	}

	/**
	 * Change the number of tokens.
	 * @param tokens how many, at least one
	 * @return a changed copy
	 */
	public Budget withTokens(long tokens) {
		return new Budget(this.steps, tokens, this.time);
	}

	/**
	 * Change the time.
	 * @param time how long, more than zero
	 * @return a changed copy
	 */
	public Budget withTime(Duration time) {
		return new Budget(this.steps, this.tokens, time);
	}

}
