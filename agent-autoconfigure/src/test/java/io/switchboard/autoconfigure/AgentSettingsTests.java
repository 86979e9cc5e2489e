package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.switchboard.autoconfigure.diagnostics.InvalidSettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AgentSettings}.
 */
class AgentSettingsTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			true,,,PT10M
			true,transient,,PT10M
			true,transient,0,PT0S
			true,,5m,PT5M
			true,temporary,5m,PT5M
			true,permanent,,PT0S
			true,permanent,0,PT0S
			false,,,PT0S
			false,transient,0,PT0S
			""")
	void onlySessionsThatComeBackLeave(String perSession, String restart, String idle, Duration expected) {
		assertThat(settings(perSession, restart, idle).idleTimeout()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			true,permanent,zero: the agent is permanent
			false,transient,zero: the agent has no sessions
			false,,zero: the agent has no sessions
			""")
	void whoWouldNotComeBackDoesNotLeave(String perSession, String restart, String message) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings(perSession, restart, "5m"))
			.withMessageContaining("switchboard.agents.support.idle-timeout is 'PT5M', allowed is " + message);
	}

	private static AgentSettings settings(String perSession, String restart, String idle) {
		Map<String, String> properties = new HashMap<>();
		properties.put("per-session", perSession);
		properties.put("restart", restart);
		properties.put("idle-timeout", idle);
		properties.values().removeIf((value) -> value == null);
		SwitchboardProperties.Agent agent = new Binder(new MapConfigurationPropertySource(properties))
			.bind("", SwitchboardProperties.Agent.class)
			.get();
		return AgentSettings.defaults("support").withIdleTimeout(Duration.ofMinutes(10)).with(agent, null);
	}

}
