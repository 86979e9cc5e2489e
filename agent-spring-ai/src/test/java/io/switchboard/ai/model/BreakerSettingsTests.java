package io.switchboard.ai.model;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BreakerSettings}.
 */
class BreakerSettingsTests {

	private final BreakerSettings defaults = BreakerSettings.defaults();

	@Test
	void eachValueChangesAlone() {
		assertThat(this.defaults.withFailureRate(1))
			.isEqualTo(new BreakerSettings(1, 5, Duration.ofMinutes(1), Duration.ofSeconds(10)));
		assertThat(this.defaults.withMinimumCalls(1))
			.isEqualTo(new BreakerSettings(50, 1, Duration.ofMinutes(1), Duration.ofSeconds(10)));
		assertThat(this.defaults.withWindow(Duration.ofSeconds(1)))
			.isEqualTo(new BreakerSettings(50, 5, Duration.ofSeconds(1), Duration.ofSeconds(10)));
		assertThat(this.defaults.withOpenFor(Duration.ofSeconds(1)))
			.isEqualTo(new BreakerSettings(50, 5, Duration.ofMinutes(1), Duration.ofSeconds(1)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 101 })
	void theRateIsAPercentage(int rate) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.defaults.withFailureRate(rate))
			.withMessage("Breaker has the failure rate %d: 1 to 100 is needed", rate);
	}

	@Test
	void noRateComesFromNoCalls() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.defaults.withMinimumCalls(0))
			.withMessage("Breaker has 0 calls at least: at least 1 is needed");
	}

	@Test
	void aWindowHasSeconds() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.defaults.withWindow(Duration.ofMillis(999)))
			.withMessageStartingWith("Breaker has the window PT0.999S: at least a second is needed");
	}

	@Test
	void anOpenBreakerStaysSo() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.defaults.withOpenFor(Duration.ZERO))
			.withMessage("Breaker is open for PT0S: at least a millisecond is needed");
	}

}
