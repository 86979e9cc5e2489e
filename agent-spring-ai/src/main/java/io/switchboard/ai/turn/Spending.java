package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a turn has cost so far, and what its budget says to that. Time is not its affair.
 */
final class Spending {

	/** From where on a limit is near. */
	static final double NEAR = 0.8;

	private static final BigDecimal PART_NEAR = BigDecimal.valueOf(NEAR);

	private final Set<Limit> warned = EnumSet.noneOf(Limit.class);

	private final Budget budget;

	private int steps;

	private int toolCalls;

	private long tokens;

	private BigDecimal cost = BigDecimal.ZERO;

	Spending(Budget budget) {
		this.budget = budget;
	}

	/**
	 * The model has answered.
	 * @param usage the tokens of the call
	 * @param cost its price
	 */
	void answered(Usage usage, BigDecimal cost) {
		this.steps++;
		spent(usage, cost);
	}

	/**
	 * Something else was asked of a model than the next step.
	 * @param usage the tokens of the call
	 * @param cost its price
	 */
	void spent(Usage usage, BigDecimal cost) {
		this.tokens += usage.total();
		this.cost = this.cost.add(cost);
	}

	/**
	 * Calls of tools are made.
	 * @param calls how many
	 */
	void called(int calls) {
		this.toolCalls += calls;
	}

	long tokens() {
		return this.tokens;
	}

	BigDecimal cost() {
		return this.cost;
	}

	int steps() {
		return this.steps;
	}

	/**
	 * Tools run only if the model may still read what they gave.
	 * @param calls how many tools the model wants to call
	 * @return why they must not be called, or {@code null} if they may
	 */
	@Nullable TurnFailure objection(int calls) {
		if (this.steps >= this.budget.steps()) {
			return spent("No answer after %d model calls, which is the limit".formatted(this.steps));
		}
		if (this.tokens >= this.budget.tokens()) {
			return spent("No answer after %d tokens, and the limit is %d".formatted(this.tokens, this.budget.tokens()));
		}
		BigDecimal most = this.budget.cost();
		if (most != null && this.cost.compareTo(most) >= 0) {
			return spent("No answer at a cost of %s, and the limit is %s".formatted(this.cost.toPlainString(),
					most.toPlainString()));
		}
		if (this.toolCalls + calls > this.budget.toolCalls()) {
			return spent("No answer after %d calls of tools; with %d more the limit of %d would be passed"
				.formatted(this.toolCalls, calls, this.budget.toolCalls()));
		}
		return null;
	}

	private static TurnFailure spent(String detail) {
		return TurnFailure.of(FailureClass.BUDGET_SPENT, detail);
	}

	/**
	 * Limits that the turn has come near to since this was asked last.
	 * @return the limits, each once in a turn
	 */
	List<NearLimit> near() {
		List<NearLimit> near = new ArrayList<>();
		look(near, Limit.STEPS, BigDecimal.valueOf(this.steps), BigDecimal.valueOf(this.budget.steps()));
		look(near, Limit.TOOL_CALLS, BigDecimal.valueOf(this.toolCalls), BigDecimal.valueOf(this.budget.toolCalls()));
		look(near, Limit.TOKENS, BigDecimal.valueOf(this.tokens), BigDecimal.valueOf(this.budget.tokens()));
		BigDecimal most = this.budget.cost();
		if (most != null) {
			look(near, Limit.COST, this.cost, most);
		}
		return near;
	}

	private void look(List<NearLimit> near, Limit limit, BigDecimal used, BigDecimal most) {
		if (used.signum() > 0 && used.compareTo(most.multiply(PART_NEAR)) >= 0 && this.warned.add(limit)) {
			near.add(new NearLimit(limit, used.doubleValue() / most.doubleValue()));
		}
	}

	/**
	 * What is limited.
	 */
	enum Limit {

		STEPS("steps"), TOOL_CALLS("tool-calls"), TOKENS("tokens"), COST("cost");

		private final String id;

		Limit(String id) {
			this.id = id;
		}

		String id() {
			return this.id;
		}

	}

	/**
	 * A limit that is near.
	 *
	 * @param limit what is limited
	 * @param used how much of it is used, where 1 is all
	 */
	record NearLimit(Limit limit, double used) {

	}

}
