package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.time.Duration;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.turn.Spending.Limit;
import io.switchboard.ai.turn.Spending.NearLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Spending}.
 */
class SpendingTests {

	private static final Budget BUDGET = new Budget(5, 10, 1000, BigDecimal.ONE, Duration.ofMinutes(1));

	private final Spending spending = new Spending(BUDGET);

	@Test
	void withinItsBudgetATurnGoesOn() {
		answered(4, 999, "0.99");
		this.spending.called(9);

		assertThat(this.spending.objection(1)).isNull();
	}

	@Test
	void stepsEndIt() {
		answered(5, 5, "0");

		assertObjection(0, "No answer after 5 model calls, which is the limit");
	}

	@Test
	void tokensEndIt() {
		answered(1, 1001, "0");

		assertObjection(0, "No answer after 1001 tokens, and the limit is 1000");
	}

	@Test
	void moneyEndsIt() {
		answered(1, 1, "1.20");

		assertObjection(0, "No answer at a cost of 1.20, and the limit is 1");
	}

	@Test
	void withoutALimitMoneyDoesNotCount() {
		Spending rich = new Spending(BUDGET.withCost(null));

		rich.answered(new Usage(1, 1), BigDecimal.TEN);

		assertThat(rich.objection(1)).isNull();
		assertThat(rich.near()).isEmpty();
	}

	@Test
	void toolCallsEndItBeforeTheyAreMade() {
		this.spending.called(8);

		assertThat(this.spending.objection(2)).isNull();
		assertObjection(3, "No answer after 8 calls of tools; with 3 more the limit of 10 would be passed");
	}

	@Test
	void fromFourFifthsOnALimitIsNear() {
		answered(1, 799, "0.79");
		this.spending.called(7);
		assertThat(this.spending.near()).isEmpty();

		answered(1, 1, "0.01");
		this.spending.called(1);

		assertThat(this.spending.near()).containsExactly(new NearLimit(Limit.TOOL_CALLS, 0.8),
				new NearLimit(Limit.TOKENS, 0.8), new NearLimit(Limit.COST, 0.8));
	}

	@Test
	void aLimitIsNearOnce() {
		answered(4, 4, "0");
		assertThat(this.spending.near()).containsExactly(new NearLimit(Limit.STEPS, 0.8));

		answered(1, 1, "0");

		assertThat(this.spending.near()).isEmpty();
	}

	private void answered(int steps, long tokens, String cost) {
		for (int step = 1; step < steps; step++) {
			this.spending.answered(Usage.none(), BigDecimal.ZERO);
		}
		this.spending.answered(new Usage(tokens, 0), new BigDecimal(cost));
	}

	private void assertObjection(int calls, String detail) {
		assertThat(this.spending.objection(calls)).isEqualTo(TurnFailure.of(FailureClass.BUDGET_SPENT, detail));
	}

}
