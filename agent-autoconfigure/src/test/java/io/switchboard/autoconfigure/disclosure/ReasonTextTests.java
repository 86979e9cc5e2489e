package io.switchboard.autoconfigure.disclosure;

import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.ExitReason.Shutdown;
import io.switchboard.report.Sanitizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link ReasonText}.
 */
class ReasonTextTests {

	private static final AgentPath NODE = AgentPath.of("/a");

	@ParameterizedTest(name = "{0}")
	@MethodSource("reasons")
	void describesReason(ExitReason reason, String hidden, String shown) {
		assertThat(ReasonText.showingMessages(false, Sanitizer.showing()).describe(NODE, reason)).isEqualTo(hidden);
		assertThat(ReasonText.showingMessages(true, Sanitizer.showing()).describe(NODE, reason)).isEqualTo(shown);
		assertThat(ReasonText.showingMessages(true, Sanitizer.hiding()).describe(NODE, reason)).isEqualTo(hidden);
	}

	static Stream<Arguments> reasons() {
		return Stream.of(arguments(ExitReason.normal(), "normal", "normal"),
				arguments(ExitReason.shutdown(), "shutdown", "shutdown"),
				arguments(ExitReason.shutdown("key 4711"), "shutdown", "shutdown (key 4711)"),
				arguments(new Shutdown("key 4711", new IllegalStateException("key 4712")), "shutdown",
						"shutdown (key 4711)"),
				arguments(ExitReason.killed(), "killed", "killed"),
				arguments(ExitReason.noProcess(), "noproc", "noproc"),
				arguments(ExitReason.crash(new IllegalStateException("key 4711")), "java.lang.IllegalStateException",
						"java.lang.IllegalStateException: key 4711"),
				arguments(ExitReason.crash(new StackOverflowError()), "java.lang.StackOverflowError",
						"java.lang.StackOverflowError"));
	}

}
