package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.switchboard.supervision.RestartIntensity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestartWindow}.
 */
class RestartWindowTests {

	private static final long PERIOD = 100;

	@Test
	void oneAttemptTooManyIsRefused() {
		RestartWindow window = window(2);

		assertThat(window.tryRestart(0)).isTrue();
		assertThat(window.tryRestart(1)).isTrue();
		assertThat(window.tryRestart(2)).isFalse();
	}

	@Test
	void anAttemptExactlyOnePeriodOldStillCounts() {
		RestartWindow window = window(1);
		window.tryRestart(0);

		assertThat(window.tryRestart(PERIOD)).isFalse();
	}

	@Test
	void anOlderAttemptIsForgotten() {
		RestartWindow window = window(1);
		window.tryRestart(0);

		assertThat(window.tryRestart(PERIOD + 1)).isTrue();
	}

	@Test
	void intensityZeroAllowsNone() {
		assertThat(window(0).tryRestart(0)).isFalse();
	}

	@Test
	void countsWhatIsStillInTheWindow() {
		RestartWindow window = window(10);
		window.tryRestart(0);
		window.tryRestart(50);

		assertThat(window.count(PERIOD)).isEqualTo(2);
		assertThat(window.count(PERIOD + 1)).isEqualTo(1);
		assertThat(window.count(PERIOD + 51)).isZero();
	}

	/**
	 * The naive rule, with a list, against the ring.
	 */
	@Test
	void agreesWithTheRuleAsOtpStatesIt() {
		for (long seed = 0; seed < 2000; seed++) {
			Random random = new Random(seed);
			int max = random.nextInt(12);
			RestartWindow window = window(max);
			List<Long> attempts = new ArrayList<>();
			long now = 0;
			for (int i = 0; i < 60; i++) {
				now += random.nextInt(40);
				long current = now;
				attempts.removeIf((attempt) -> current - attempt > PERIOD);
				attempts.add(now);
				boolean expected = attempts.size() <= max;
				if (!expected) {
					attempts.remove(attempts.size() - 1);
				}
				assertThat(window.tryRestart(now)).as("seed %d, attempt %d", seed, i).isEqualTo(expected);
			}
		}
	}

	private static RestartWindow window(int max) {
		return new RestartWindow(new RestartIntensity(max, Duration.ofNanos(PERIOD)));
	}

}
