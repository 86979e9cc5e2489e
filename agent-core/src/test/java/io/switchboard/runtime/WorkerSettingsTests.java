package io.switchboard.runtime;

import java.time.Duration;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link WorkerSettings}.
 */
class WorkerSettingsTests {

	private static final WorkerSettings SETTINGS = WorkerSettings.defaults();

	@Test
	void thereAreAsManyWorkersAsProcessorsByDefault() {
		assertThat(SETTINGS.count()).isEqualTo(Runtime.getRuntime().availableProcessors());
	}

	@ParameterizedTest
	@MethodSource
	void aSettingThatCannotBeIsNamedWithWhatIsAllowed(ThrowingCallable setting, String message) {
		assertThatIllegalArgumentException().isThrownBy(setting).withMessageContaining(message);
	}

	static Stream<Arguments> aSettingThatCannotBeIsNamedWithWhatIsAllowed() {
		return Stream.of(
				argumentSet("no worker", call(() -> SETTINGS.withCount(0)), "'count' is 0: 1 or more is allowed"),
				argumentSet("fewer than no spare", call(() -> SETTINGS.withMaxSpare(-1)),
						"'maxSpare' is -1: 0 or more is allowed"),
				argumentSet("held at once", call(() -> SETTINGS.withHeld(Duration.ZERO, Duration.ZERO)),
						"'heldAfter' is PT0S: a duration of more than zero"),
				argumentSet("reported before held",
						call(() -> SETTINGS.withHeld(Duration.ofMillis(5), Duration.ofMillis(4))),
						"'reportedAfter' is PT0.004S: a duration of at least 'heldAfter' is allowed, which is PT0.005S"),
				argumentSet("no thread", call(() -> SETTINGS.withBlocking(BlockingThreads.PLATFORM, 0)),
						"'maxBlockingThreads' is 0: 1 or more is allowed"));
	}

	@Test
	@DisabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsNeedAPlatformThatHasThem() {
		assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withBlocking(BlockingThreads.VIRTUAL, 1))
			.withMessageContaining("run on JDK 21 or later");
	}

	private static ThrowingCallable call(ThrowingCallable call) {
		return call;
	}

}
