package io.switchboard.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.switchboard.autoconfigure.diagnostics.UnknownSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link UnknownSettings}.
 */
class UnknownSettingsTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@ValueSource(strings = { "switchboard.ask-timeout", "switchboard.askTimeout", "switchboard.root.within",
			"switchboard.supervisors.desk.max-restarts", "switchboard.agents.support.per-session",
			"switchboard.agents.support.perSession", "switchboard.agents.support.tools",
			"switchboard.agents.support.tools[0]", "switchboard.agents.support.budget.time",
			"switchboard.providers.openAiChatModel.max-concurrent", "switchboard.providers.small.breaker.open-for",
			"switchboard.tools.max-running", "switchboard.tools.failures[0]",
			"switchboard.tools.overrides.orderLookup.timeout", "switchboard.tools.overrides[find_orders].idempotent",
			"switchboard.prices[gpt-4.1].input", "switchboard.root.budget.cost",
			"switchboard.supervisors.desk.budget.concurrent-turns", "switchboard.agents[front.desk].instructions",
			"switchboard.web.enabled", "switchboard.crash-reports.per-node", "switchboard.show-content",
			"switchboard.calls.first-token", "switchboard.agents.support.calls.stall", "switchboards.other",
			"management.endpoint.agents.roles" })
	void keysThatAreReadPass(String key) {
		set(Map.of(key, "x"));

		assertThatNoException().isThrownBy(() -> UnknownSettings.check(this.environment));
	}

	@ParameterizedTest
	@CsvSource({ "switchboard.agent.support.tools, switchboard.agent, agents",
			"switchboard.root.strateggy, switchboard.root.strateggy, strategy",
			"switchboard.crash-reports.per-nod, switchboard.crash-reports.per-nod, per-node",
			"switchboard.supervisors.desk.max-restart, switchboard.supervisors.desk.max-restart, max-restarts",
			"switchboard.agents.support.instruction, switchboard.agents.support.instruction, instructions",
			"switchboard.providers.small.max-concurrency, switchboard.providers.small.max-concurrency, max-concurrent",
			"switchboard.providers.small.breaker.opn-for, switchboard.providers.small.breaker.opn-for, open-for",
			"switchboard.calls.first-tokn, switchboard.calls.first-tokn, first-token",
			"switchboard.agents.support.calls.stal, switchboard.agents.support.calls.stal, stall",
			"switchboard.tools.timout, switchboard.tools.timout, timeout",
			"switchboard.tools.overrides.look.idempotant, switchboard.tools.overrides.look.idempotant, idempotent",
			"switchboard.prices.small.imput, switchboard.prices.small.imput, input",
			"switchboard.supervisors.desk.budget.cots, switchboard.supervisors.desk.budget.cots, cost",
			"switchboard.agents.support.budget.token, switchboard.agents.support.budget.token, tokens" })
	void misspeltKeysAreReportedWithWhatWasMeant(String key, String wrong, String meant) {
		set(Map.of(key, "x"));

		assertThatExceptionOfType(UnknownSettingException.class)
			.isThrownBy(() -> UnknownSettings.check(this.environment))
			.withMessageContaining("- " + wrong + " (in ")
			.withMessageContaining("Did you mean '" + meant + "'?");
	}

	@Test
	void allAreReportedAtOnce() {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("switchboard.agents.a.modle", "x");
		keys.put("switchboard.agents.b.modle", "x");
		set(keys);

		assertThatExceptionOfType(UnknownSettingException.class)
			.isThrownBy(() -> UnknownSettings.check(this.environment))
			.withMessageContaining("switchboard.agents.a.modle")
			.withMessageContaining("switchboard.agents.b.modle");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SWITCHBOARD_AGENTS_SUPPORT_PER_SESSION", "SWITCHBOARD_AGENTS_SUPPORT_PERSESION",
			"SWITCHBOARD_WORKERS_MAXSPARE", "SWITCHBOARD_WORKERS_MAX_SPARE", "SWITCHBOARD_ROOT_BUDGET_TOOLCALLS",
			"SWITCHBOARD_ROOT_BUDGET_TOOL_CALLS", "SWITCHBOARD_PORT", "SWITCHBOARD_WORKERS_PORT_8080_TCP_ADDR",
			"SWITCHBOARD_RETRY_SERVICE_HOST", "SWITCHBOARD_ASK_TIMEOUT", "SWITCHBOARD_ASKTIMEOUT",
			"SWITCHBOARD_CRASH_REPORTS_PER_NODE", "SWITCHBOARD_SERVICE_HOST", "SWITCHBOARD_SERVICE_PORT_HTTP",
			"SWITCHBOARD_PORT_8080_TCP_PROTO", "SWITCHBOARD_HOME", "SWITCHBOARD_VERSION",
			"SWITCHBOARD_TOOLS_OVERRIDES_LOOKUP_TIMOUT", "SWITCHBOARD_TOOLS_TIMOUT" })
	void environmentVariablesThatAreOrMayBeMeantForSomethingPass(String variable) {
		setVariable(variable);

		assertThatNoException().isThrownBy(() -> UnknownSettings.check(this.environment));
	}

	@ParameterizedTest
	@CsvSource({ "SWITCHBOARD_WORKERS_MAXSPARES, workers.maxspares, max-spare",
			"SWITCHBOARD_ASKTIMEOT, asktimeot, ask-timeout", "SWITCHBOARD_ASK_TIMEOT, ask.timeot, ask-timeout",
			"SWITCHBOARD_WORKER_MAX_SPARE, worker.max.spare, workers.max-spare",
			"SWITCHBOARD_CRASH_REPORT_PER_NODE, crash.report.per.node, crash-reports.per-node",
			"SWITCHBOARD_CALLS_FIRST_TOKN, calls.first.tokn, first-token",
			"SWITCHBOARD_ROOT_BUDGET_TOOLCALS, root.budget.toolcals, budget.tool-calls" })
	void misspeltEnvironmentVariablesAreReported(String variable, String wrong, String meant) {
		setVariable(variable);

		assertThatExceptionOfType(UnknownSettingException.class)
			.isThrownBy(() -> UnknownSettings.check(this.environment))
			.withMessageContaining("- switchboard." + wrong + " (in ")
			.withMessageContaining("systemEnvironment")
			.withMessageContaining("Did you mean '" + meant + "'?");
	}

	@ParameterizedTest
	@MethodSource
	void everyGroupIsChecked(String group) {
		set(Map.of("switchboard." + group + ".no-such-key", "x"));

		assertThatExceptionOfType(UnknownSettingException.class)
			.isThrownBy(() -> UnknownSettings.check(this.environment))
			.withMessageContaining("- switchboard." + group + ".no-such-key (in ");
	}

	static Stream<String> everyGroupIsChecked() {
		return Arrays.stream(SwitchboardProperties.class.getRecordComponents())
			.filter((component) -> component.getType().isRecord())
			.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()));
	}

	private void setVariable(String variable) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "1")));
	}

	private void set(Map<String, ?> keys) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("test", new LinkedHashMap<>(keys)));
	}

}
