package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link TurnLimits}.
 */
class TurnLimitsTests {

	private static final Caller ANN = new Caller("ann", "10.0.0.1", true, false);

	private static final Caller BOB = new Caller("bob", "10.0.0.1", true, false);

	private static final Caller NOBODY = new Caller(null, "10.0.0.1", true, false);

	private final AtomicLong nanos = new AtomicLong(-5);

	@Test
	void eachUserMayBeginSoManyInAMinute() {
		TurnLimits limits = limits(2, 0, 0);

		limits.count(ANN);
		limits.count(ANN);
		limits.count(BOB);

		assertRefused(limits, ANN, 60);
		this.nanos.addAndGet(Duration.ofMillis(59_500).toNanos());
		assertRefused(limits, ANN, 1);
		this.nanos.addAndGet(Duration.ofMillis(500).toNanos());
		assertThatNoException().isThrownBy(() -> limits.count(ANN));
	}

	@Test
	void whoIsNotLoggedInIsCountedByAddress() {
		TurnLimits limits = limits(1, 2, 0);

		limits.count(NOBODY);
		limits.count(NOBODY);

		assertRefused(limits, NOBODY, 60);
		limits.count(new Caller(null, "10.0.0.2", true, false));
		limits.count(ANN);
	}

	@Test
	void aUserOfTheNameOfAnAddressIsNoAddress() {
		TurnLimits limits = limits(1, 1, 0);

		limits.count(NOBODY);

		assertThatNoException().isThrownBy(() -> limits.count(new Caller("10.0.0.1", "10.0.0.1", true, false)));
	}

	@Test
	void allTogetherMayBeginSoMany() {
		TurnLimits limits = limits(0, 0, 2);

		limits.countOfAll();
		limits.countOfAll();

		assertRefused(limits::countOfAll, 60);
	}

	@Test
	void requestsThatBeginNoTurnCountForTheirCallerOnly() {
		TurnLimits limits = limits(0, 0, 1);

		limits.count(NOBODY);
		limits.count(NOBODY);

		assertThatNoException().isThrownBy(limits::countOfAll);
	}

	@Test
	void zeroIsNoLimit() {
		TurnLimits limits = limits(0, 0, 0);

		for (int turn = 0; turn < 10_000; turn++) {
			limits.count(ANN);
			limits.count(NOBODY);
			limits.countOfAll();
		}
		assertThat(limits).isNotNull();
	}

	private TurnLimits limits(int perUser, int perAddress, int ofAll) {
		return new TurnLimits(new AgentWebProperties.Limits(perUser, perAddress, ofAll, 0, 0, 0, Duration.ofSeconds(1)),
				this.nanos::get);
	}

	private static void assertRefused(TurnLimits limits, Caller caller, int retryAfter) {
		assertRefused(() -> limits.count(caller), retryAfter);
	}

	private static void assertRefused(ThrowingCallable count, int retryAfter) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(count).satisfies((problem) -> {
			assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_TURNS);
			assertThat(problem.retryAfter()).isBetween(retryAfter, retryAfter + 1);
		});
	}

}
