package io.switchboard.runtime;

import java.util.stream.Stream;

import io.switchboard.ExitReason;
import io.switchboard.supervision.Restart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link RestartDecision}.
 */
class RestartDecisionTests {

	@ParameterizedTest(name = "{0} that ends with {1}: {2}")
	@MethodSource
	void followsTheTable(Restart restart, ExitReason reason, RestartDecision expected) {
		assertThat(RestartDecision.of(restart, reason)).isEqualTo(expected);
	}

	static Stream<Arguments> followsTheTable() {
		ExitReason crash = ExitReason.crash(new IllegalStateException("test"));
		return Stream.of(arguments(Restart.PERMANENT, ExitReason.normal(), RestartDecision.RESTART),
				arguments(Restart.PERMANENT, ExitReason.shutdown(), RestartDecision.RESTART),
				arguments(Restart.PERMANENT, ExitReason.shutdown("done"), RestartDecision.RESTART),
				arguments(Restart.PERMANENT, ExitReason.killed(), RestartDecision.RESTART),
				arguments(Restart.PERMANENT, crash, RestartDecision.RESTART),
				arguments(Restart.TRANSIENT, ExitReason.normal(), RestartDecision.KEEP_STOPPED),
				arguments(Restart.TRANSIENT, ExitReason.shutdown(), RestartDecision.KEEP_STOPPED),
				arguments(Restart.TRANSIENT, ExitReason.shutdown("done"), RestartDecision.KEEP_STOPPED),
				arguments(Restart.TRANSIENT, ExitReason.killed(), RestartDecision.RESTART),
				arguments(Restart.TRANSIENT, ExitReason.noProcess(), RestartDecision.RESTART),
				arguments(Restart.TRANSIENT, crash, RestartDecision.RESTART),
				arguments(Restart.TEMPORARY, ExitReason.normal(), RestartDecision.FORGET),
				arguments(Restart.TEMPORARY, ExitReason.killed(), RestartDecision.FORGET),
				arguments(Restart.TEMPORARY, crash, RestartDecision.FORGET));
	}

}
