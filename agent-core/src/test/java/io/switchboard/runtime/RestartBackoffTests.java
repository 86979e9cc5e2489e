package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.supervision.RestartBackoff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RestartBackoff}.
 */
class RestartBackoffTests {

	@ParameterizedTest(name = "restart {0} with random {1}: {2}")
	@CsvSource({ "0, 0, PT1S", "1, 0, PT2S", "2, 0, PT4S", "5, 0, PT30S", "100000, 0, PT30S", "0, 1, PT0.8S",
			"1, 0.5, PT1.8S", "9, 1, PT24S" })
	void delaysGrowAndAreShortenedAtRandom(int before, double random, Duration expected) {
		RestartBackoff backoff = RestartBackoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(30));

		assertThat(backoff.delay(before, random)).isEqualTo(expected);
	}

	@Test
	void veryLongWaitsAreNotCut() {
		Duration years = Duration.ofDays(400_000);

		assertThat(new RestartBackoff(years, years, 2, 0).delay(3, 0)).isEqualTo(years);
	}

	@ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
	@CsvSource(textBlock = """
			PT0S,  PT1S,  2,        0,    first wait
			PT-1S, PT1S,  2,        0,    first wait
			PT2S,  PT1S,  2,        0,    longest wait
			PT1S,  PT2S,  0.9,      0,    factor
			PT1S,  PT2S,  NaN,      0,    factor
			PT1S,  PT2S,  Infinity, 0,    factor
			PT1S,  PT2S,  2,        -0.1, jitter
			PT1S,  PT2S,  2,        1.1,  jitter
			PT1S,  PT2S,  2,        NaN,  jitter
			""")
	void settingsThatMakeNoSenseAreRefused(Duration first, Duration max, double factor, double jitter, String named) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RestartBackoff(first, max, factor, jitter))
			.withMessageContaining(named);
	}

}
