package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

import io.switchboard.ai.failure.FailureClass;
import org.jspecify.annotations.Nullable;

/**
 * What one turn may cost at most.
 * <p>
 * You probably want {@link #defaults()} with one limit changed. A turn that reaches a
 * limit without an answer fails as {@link FailureClass#BUDGET_SPENT}; an agent that has
 * come to 80 % of one tells so in an event.
 * <p>
 * Steps, tokens and cost are looked at between two model calls: a call that has begun is
 * not cut short by them, so the last one can go past the limit. Tool calls are looked at
 * before they are made. Time cuts at once. How many turns there are at once is limited by
 * a {@link TurnQuota}.
 *
 * @param steps how many model calls, at least one
 * @param toolCalls how many calls of tools, zero or more
 * @param tokens how many tokens, sent and received together, at least one; providers that
 * do not count them are not limited by this
 * @param cost how much money, more than zero, in the currency of the {@link Prices};
 * {@code null} for any amount. Models without a price are not limited by this
 * @param time how long, tools included, more than zero
 * @since 0.1.0
 */
public record Budget(int steps, int toolCalls, long tokens, @Nullable BigDecimal cost, Duration time) {

	private static final Budget DEFAULTS = new Budget(12, 20_000, Duration.ofMinutes(2));

	/**
	 * Check the limits.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public Budget {
		Objects.requireNonNull(time, "'time' must not be null");
		if (steps < 1) {
			throw new IllegalArgumentException("Budget has %d steps: at least 1 is needed".formatted(steps));
		}
		if (toolCalls < 0) {
			throw new IllegalArgumentException("Budget has %d tool calls: zero or more is needed".formatted(toolCalls));
		}
		if (tokens < 1) {
			throw new IllegalArgumentException("Budget has %d tokens: at least 1 is needed".formatted(tokens));
		}
		if (cost != null && cost.signum() <= 0) {
			throw new IllegalArgumentException("Budget has the cost %s: more than zero is needed".formatted(cost));
		}
		if (time.isNegative() || time.isZero()) {
			throw new IllegalArgumentException("Budget has the time %s: more than zero is needed".formatted(time));
		}
	}

	/**
	 * Limit what every turn has, with the default for calls of tools and no limit of
	 * money.
	 * @param steps how many model calls, at least one
	 * @param tokens how many tokens, at least one
	 * @param time how long, more than zero
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public Budget(int steps, long tokens, Duration time) {
		this(steps, 100, tokens, null, time);
	}

	/**
	 * 12 steps, 100 tool calls, 20,000 tokens, any amount of money, two minutes.
	 * @return the default
	 */
	public static Budget defaults() {
		return DEFAULTS;
	}

	/**
	 * Keep within another budget, too.
	 * @param other the other budget
	 * @return of each limit the lower one
	 */
	public Budget tightest(Budget other) {
		return new Budget(Math.min(this.steps, other.steps), Math.min(this.toolCalls, other.toolCalls),
				Math.min(this.tokens, other.tokens), tightest(this.cost, other.cost),
				(this.time.compareTo(other.time) <= 0) ? this.time : other.time);
	}

	private static @Nullable BigDecimal tightest(@Nullable BigDecimal one, @Nullable BigDecimal other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.min(other);
	}

	/**
	 * Change the number of model calls.
	 * @param steps how many, at least one
	 * @return a changed copy
	 */
	public Budget withSteps(int steps) {
		return new Budget(steps, this.toolCalls, this.tokens, this.cost, this.time);
	}

	/**
	 * Change the number of tool calls.
	 * @param toolCalls how many, zero or more
	 * @return a changed copy
	 */
	public Budget withToolCalls(int toolCalls) {
		return new Budget(this.steps, toolCalls, this.tokens, this.cost, this.time);
	}

	/**
	 * Change the number of tokens.
	 * @param tokens how many, at least one
	 * @return a changed copy
	 */
	public Budget withTokens(long tokens) {
		return new Budget(this.steps, this.toolCalls, tokens, this.cost, this.time);
	}

	/**
	 * Change the amount of money.
	 * @param cost how much, more than zero, in the currency of the prices; {@code null}
	 * for any amount
	 * @return a changed copy
	 */
	public Budget withCost(@Nullable BigDecimal cost) {
		return new Budget(this.steps, this.toolCalls, this.tokens, cost, this.time);
	}

	/**
	 * Change the time.
	 * @param time how long, more than zero
	 * @return a changed copy
	 */
	public Budget withTime(Duration time) {
		return new Budget(this.steps, this.toolCalls, this.tokens, this.cost, time);
	}

}
