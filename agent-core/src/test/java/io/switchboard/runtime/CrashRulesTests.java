package io.switchboard.runtime;

import java.util.stream.Stream;

import io.switchboard.ExitReason;
import io.switchboard.report.CrashContext;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link CrashRules}.
 */
class CrashRulesTests {

	private static final ExitReason CRASH = ExitReason.crash(new IllegalStateException("x"));

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("ends")
	void abnormalEndIsReported(ExitReason reason, @Nullable CrashContext expected) {
		assertThat(CrashRules.ended(reason)).isEqualTo(expected);
	}

	static Stream<Arguments> ends() {
		return Stream.of(arguments(ExitReason.normal(), null), arguments(ExitReason.shutdown(), null),
				arguments(ExitReason.shutdown("done"), null),
				arguments(ExitReason.killed(), CrashContext.CHILD_TERMINATED),
				arguments(ExitReason.noProcess(), CrashContext.CHILD_TERMINATED),
				arguments(CRASH, CrashContext.CHILD_TERMINATED));
	}

	@ParameterizedTest(name = "{0} {1}, brutal {2}: {3}")
	@MethodSource("stops")
	void stopThatWentWrongIsReported(Restart restart, ExitReason reason, boolean brutal,
			@Nullable CrashContext expected) {
		assertThat(CrashRules.stopped(agent(restart, brutal), reason, false)).isEqualTo(expected);
	}

	static Stream<Arguments> stops() {
		return Stream.of(Restart.values())
			.flatMap((restart) -> Stream.of(arguments(restart, ExitReason.shutdown(), false, null),
					arguments(restart, ExitReason.normal(), false, unlessPermanent(restart)),
					arguments(restart, ExitReason.shutdown("done"), false, unlessPermanent(restart)),
					arguments(restart, ExitReason.killed(), false, CrashContext.SHUTDOWN_ERROR),
					arguments(restart, ExitReason.killed(), true, null),
					arguments(restart, CRASH, true, CrashContext.SHUTDOWN_ERROR),
					arguments(restart, CRASH, false, CrashContext.SHUTDOWN_ERROR)));
	}

	private static @Nullable CrashContext unlessPermanent(Restart restart) {
		return (restart == Restart.PERMANENT) ? CrashContext.SHUTDOWN_ERROR : null;
	}

	@ParameterizedTest
	@MethodSource("reasonsOfSupervisors")
	void supervisorThatGoesDownAnywayIsNotReported(ExitReason reason) {
		ChildSpec supervisor = SupervisorSpec.builder("desk").build();

		assertThat(CrashRules.stopped(supervisor, reason, false)).isNull();
	}

	static Stream<ExitReason> reasonsOfSupervisors() {
		return Stream.of(ExitReason.shutdown(), ExitReason.shutdown("restart budget spent"));
	}

	@ParameterizedTest
	@MethodSource("killed")
	void childKilledWithItsSupervisorIsNotReported(Restart restart) {
		assertThat(CrashRules.stopped(agent(restart, false), ExitReason.killed(), true)).isNull();
		assertThat(CrashRules.stopped(agent(restart, false), CRASH, true)).isEqualTo(CrashContext.SHUTDOWN_ERROR);
	}

	static Stream<Restart> killed() {
		return Stream.of(Restart.values());
	}

	private static ChildSpec agent(Restart restart, boolean brutal) {
		AgentSpec.Builder<String> builder = AgentSpec
			.builder("a", String.class, () -> (message, context) -> Mono.empty())
			.restart(restart);
		return brutal ? builder.shutdown(Shutdown.brutalKill()).build() : builder.build();
	}

}
