package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.stream.Stream;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link ShutdownTime}.
 */
class ShutdownTimeTests {

	@ParameterizedTest
	@MethodSource
	void findsTheLongestStop(ChildSpec spec, @Nullable Duration expected) {
		assertThat(ShutdownTime.of(spec)).isEqualTo(expected);
	}

	static Stream<Arguments> findsTheLongestStop() {
		return Stream.of(argumentSet("an agent has its own time", agent("a", seconds(3)), Duration.ofSeconds(3)),
				argumentSet("a kill takes no time", agent("a", Shutdown.brutalKill()), Duration.ZERO),
				argumentSet("an agent may take for ever", agent("a", Shutdown.infinite()), null),
				argumentSet("children stop one after the other",
						supervisor(Shutdown.infinite(), agent("a", seconds(3)), agent("b", seconds(4))),
						Duration.ofSeconds(7)),
				argumentSet("supervisors stop with all below them",
						supervisor(Shutdown.infinite(), agent("a", seconds(3)),
								supervisor(Shutdown.infinite(), agent("b", seconds(4)))),
						Duration.ofSeconds(7)),
				argumentSet(
						"a child that may take for ever makes all take for ever", supervisor(Shutdown.infinite(),
								agent("a", seconds(3)), agent("b", Shutdown.infinite())),
						null),
				argumentSet("a supervisor's own limit cuts that of its children",
						supervisor(seconds(5), agent("a", seconds(3)), agent("b",
								Shutdown.infinite())),
						Duration.ofSeconds(5)),
				argumentSet("a supervisor's own limit is not used up", supervisor(seconds(5),
						agent("a", seconds(3))), Duration.ofSeconds(3)),
				argumentSet("sessions stop all at once",
						DynamicSupervisorSpec.builder("s").template((key) -> agent(key, seconds(3))).build(),
						Duration.ofSeconds(3)),
				argumentSet("partitions stop one after the other",
						PartitionSupervisorSpec.builder("p", (number) -> agent(Integer.toString(number), seconds(3)))
							.partitions(4)
							.build(),
						Duration.ofSeconds(12)),
				argumentSet("children started by hand are not known", DynamicSupervisorSpec.builder("s").build(),
						Duration.ZERO));
	}

	private static Shutdown seconds(int seconds) {
		return Shutdown.after(Duration.ofSeconds(seconds));
	}

	private static AgentSpec<String> agent(String name, Shutdown shutdown) {
		return AgentSpec.builder(name, String.class, () -> (message, context) -> Mono.empty())
			.shutdown(shutdown)
			.build();
	}

	private static SupervisorSpec supervisor(Shutdown shutdown, ChildSpec... children) {
		SupervisorSpec.Builder builder = SupervisorSpec.builder("supervisor").shutdown(shutdown);
		for (ChildSpec child : children) {
			builder.child(child);
		}
		return builder.build();
	}

}
