package io.switchboard.autoconfigure;

import java.util.Map;
import java.util.stream.Stream;

import io.switchboard.autoconfigure.diagnostics.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link SettingChecks}.
 */
class SettingChecksTests {

	@Test
	void defaultsAreFine() {
		SwitchboardProperties properties = bind(
				Map.of("switchboard.supervisors.desk.parent", "/", "switchboard.agents.support.model", "default"));

		assertThatNoException().isThrownBy(() -> SettingChecks.check(properties));
	}

	@ParameterizedTest
	@MethodSource
	void aValueOutOfRangeIsNamedWithWhatIsAllowed(String key, String value, String shown, String allowed) {
		SwitchboardProperties properties = bind(Map.of(key, value));

		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> SettingChecks.check(properties))
			.withMessageContaining("- %s is '%s', allowed is %s".formatted(key, shown, allowed));
	}

	static Stream<Arguments> aValueOutOfRangeIsNamedWithWhatIsAllowed() {
		return Stream.of(arguments("switchboard.ask-timeout", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.crash-reports.per-node", "-1", "-1", "zero or more"),
				arguments("switchboard.root.max-restarts", "-1", "-1", "zero or more"),
				arguments("switchboard.root.within", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.supervisors.desk.max-restarts", "-3", "-3", "zero or more"),
				arguments("switchboard.supervisors.desk.within", "-1m", "PT-1M", "a duration of more than zero"),
				arguments("switchboard.supervisors.desk.backoff.first", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.supervisors.desk.backoff.first", "-1s", "PT-1S", "a duration of more than zero"),
				arguments("switchboard.supervisors.desk.backoff.max", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.supervisors.desk.backoff.factor", "0.5", "0.5", "1 or more"),
				arguments("switchboard.supervisors.desk.backoff.jitter", "1.5", "1.5", "0 to 1"),
				arguments("switchboard.agents.a.shutdown", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.providers.small.max-concurrent", "-1", "-1", "zero or more"),
				arguments("switchboard.providers.small.requests-per-minute", "-1", "-1", "zero or more"),
				arguments("switchboard.providers.small.max-wait", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.providers.small.breaker.failure-rate", "0", "0", "1 to 100"),
				arguments("switchboard.providers.small.breaker.failure-rate", "101", "101", "1 to 100"),
				arguments("switchboard.providers.small.breaker.minimum-calls", "0", "0", "1 or more"),
				arguments("switchboard.providers.small.breaker.window", "500ms", "PT0.5S",
						"a duration of at least a second"),
				arguments("switchboard.providers.small.breaker.open-for", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.workers.count", "0", "0", "1 or more"),
				arguments("switchboard.workers.max-spare", "-1", "-1", "zero or more"),
				arguments("switchboard.workers.held-after", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.workers.reported-after", "1ms", "PT0.001S",
						"a duration of at least 'held-after', PT0.002S"),
				arguments("switchboard.blocking.max-threads", "0", "0", "1 or more"),
				arguments("switchboard.calls.first-token", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.agents.a.calls.stall", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.agents.a.calls.total", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.handler-timeout", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.agents.a.handler-timeout", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.agents.a.idle-timeout", "-1s", "PT-1S", "a duration of zero or more"),
				arguments("switchboard.agents.a.budget.steps", "0", "0", "1 or more"),
				arguments("switchboard.agents.a.budget.tool-calls", "-1", "-1", "zero or more"),
				arguments("switchboard.agents.a.budget.cost", "0", "0", "more than zero"),
				arguments("switchboard.agents.a.budget.concurrent-turns", "0", "0", "1 or more"),
				arguments("switchboard.root.budget.steps", "0", "0", "1 or more"),
				arguments("switchboard.supervisors.desk.budget.steps", "0", "0", "1 or more"),
				arguments("switchboard.prices.small.input", "-0.1", "-0.1", "zero or more"),
				arguments("switchboard.prices.small.output", "-0.1", "-0.1", "zero or more"),
				arguments("switchboard.agents.a.budget.tokens", "0", "0", "1 or more"),
				arguments("switchboard.agents.a.budget.time", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.agents.a.mailbox.capacity", "0", "0", "1 or more"),
				arguments("switchboard.tools.timeout", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.tools.parallel", "0", "0", "1 or more"),
				arguments("switchboard.tools.max-running", "0", "0", "1 or more"),
				arguments("switchboard.tools.supervisor", "a/b", "a/b", "a name of 1 to"),
				arguments("switchboard.tools.failures", "java.lang.String", "java.lang.String",
						"a class of exceptions"),
				arguments("switchboard.tools.overrides.look.timeout", "0s", "PT0S", "a duration of more than zero"),
				arguments("switchboard.tools.overrides.look.failures", "java.lang.String", "java.lang.String",
						"a class of exceptions"),
				arguments("switchboard.agents.a.max-sessions", "0", "0", "1 or more"));
	}

	@Test
	void aNameThatCannotBePartOfAPathIsRefused() {
		SwitchboardProperties properties = bind(Map.of("switchboard.supervisors[front/desk].parent", "/"));

		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> SettingChecks.check(properties))
			.withMessageContaining("'front/desk', allowed is a name of 1 to 255 characters");
	}

	@Test
	void theLongestWaitIsNoShorterThanTheFirst() {
		SwitchboardProperties properties = bind(Map.of("switchboard.supervisors.desk.backoff.first", "2m"));

		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> SettingChecks.check(properties))
			.withMessageContaining("switchboard.supervisors.desk.backoff.max is 'PT1M', allowed is a duration of at "
					+ "least the first wait, PT2M");
	}

	@Test
	void allMistakesAreReportedAtOnce() {
		SwitchboardProperties properties = bind(Map.of("switchboard.root.max-restarts", "-1",
				"switchboard.supervisors.desk.within", "0s", "switchboard.agents.a.mailbox.capacity", "0"));

		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> SettingChecks.check(properties))
			.satisfies(
					(ex) -> assertThat(ex.getMessage().lines().filter((line) -> line.startsWith("    - "))).hasSize(3));
	}

	private static SwitchboardProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("switchboard",
				SwitchboardProperties.class);
	}

}
