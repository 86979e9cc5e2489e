package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Budget}.
 */
class BudgetTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Budget BUDGET = new Budget(5, 10, 1000, BigDecimal.ONE, MINUTE);

	@Test
	void eachLimitChangesAlone() {
		assertThat(BUDGET.withSteps(7)).isEqualTo(new Budget(7, 10, 1000, BigDecimal.ONE, MINUTE));
		assertThat(BUDGET.withToolCalls(7)).isEqualTo(new Budget(5, 7, 1000, BigDecimal.ONE, MINUTE));
		assertThat(BUDGET.withTokens(7)).isEqualTo(new Budget(5, 10, 7, BigDecimal.ONE, MINUTE));
		assertThat(BUDGET.withCost(BigDecimal.TEN)).isEqualTo(new Budget(5, 10, 1000, BigDecimal.TEN, MINUTE));
		assertThat(BUDGET.withCost(null)).isEqualTo(new Budget(5, 10, 1000, null, MINUTE));
		assertThat(BUDGET.withTime(Duration.ofSeconds(7)))
			.isEqualTo(new Budget(5, 10, 1000, BigDecimal.ONE, Duration.ofSeconds(7)));
	}

	@ParameterizedTest
	@MethodSource
	void theTightestLimitWins(Budget one, Budget other, Budget tightest) {
		assertThat(one.tightest(other)).isEqualTo(other.tightest(one)).isEqualTo(tightest);
	}

	static Stream<Arguments> theTightestLimitWins() {
		return Stream.of(arguments(BUDGET, BUDGET, BUDGET),
				arguments(BUDGET.withSteps(4), BUDGET.withToolCalls(9), BUDGET.withSteps(4).withToolCalls(9)),
				arguments(BUDGET.withTokens(9), BUDGET.withTime(Duration.ofSeconds(9)),
						BUDGET.withTokens(9).withTime(Duration.ofSeconds(9))),
				arguments(BUDGET, BUDGET.withCost(BigDecimal.TEN), BUDGET),
				arguments(BUDGET, BUDGET.withCost(null), BUDGET),
				arguments(BUDGET.withCost(null), BUDGET.withCost(null), BUDGET.withCost(null)));
	}

	@ParameterizedTest
	@MethodSource
	void aLimitOutOfItsRangeIsRefused(Function<Budget, Budget> change, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> change.apply(BUDGET)).withMessage(message);
	}

	static Stream<Arguments> aLimitOutOfItsRangeIsRefused() {
		return Stream.of(change((budget) -> budget.withSteps(0), "Budget has 0 steps: at least 1 is needed"),
				change((budget) -> budget.withToolCalls(-1), "Budget has -1 tool calls: zero or more is needed"),
				change((budget) -> budget.withTokens(0), "Budget has 0 tokens: at least 1 is needed"),
				change((budget) -> budget.withCost(BigDecimal.ZERO), "Budget has the cost 0: more than zero is needed"),
				change((budget) -> budget.withTime(Duration.ZERO),
						"Budget has the time PT0S: more than zero is needed"));
	}

	private static Arguments change(Function<Budget, Budget> change, String message) {
		return arguments(change, message);
	}

}
