package io.switchboard.autoconfigure.chat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.switchboard.ai.turn.Budget;
import io.switchboard.ai.turn.Price;
import io.switchboard.ai.turn.TurnQuota;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentBudgets}.
 */
class AgentBudgetsTests {

	private final Map<String, String> settings = new LinkedHashMap<>(
			Map.of("switchboard.supervisors.front.parent", "desk", "switchboard.supervisors.desk.parent", "/",
					"switchboard.agents.support.supervisor", "front", "switchboard.agents.triage.supervisor", "desk"));

	@Test
	void whatNobodySetsIsTheDefault() {
		assertThat(budget("support")).isEqualTo(Budget.defaults());
	}

	@Test
	void anAgentSetsItsOwn() {
		set("switchboard.agents.support.budget.steps", "50");
		set("switchboard.agents.support.budget.tool-calls", "51");
		set("switchboard.agents.support.budget.tokens", "52");
		set("switchboard.agents.support.budget.cost", "0.53");
		set("switchboard.agents.support.budget.time", "54s");

		assertThat(budget("support")).isEqualTo(new Budget(50, 51, 52, new BigDecimal("0.53"), Duration.ofSeconds(54)));
		assertThat(budget("triage")).isEqualTo(Budget.defaults());
	}

	@Test
	void ofAllAboveAnAgentTheTightestWins() {
		set("switchboard.root.budget.cost", "2");
		set("switchboard.root.budget.tokens", "1000");
		set("switchboard.supervisors.desk.budget.tokens", "5000");
		set("switchboard.supervisors.desk.budget.steps", "30");
		set("switchboard.supervisors.front.budget.time", "10m");
		set("switchboard.agents.support.budget.steps", "20");
		set("switchboard.agents.support.budget.time", "20m");

		assertThat(budget("support"))
			.isEqualTo(new Budget(20, 100, 1000, BigDecimal.valueOf(2), Duration.ofMinutes(10)));
		assertThat(budget("triage"))
			.isEqualTo(Budget.defaults().withSteps(30).withTokens(1000).withCost(BigDecimal.valueOf(2)));
	}

	@Test
	void turnsAtOnceAreCountedByAgentAndBySupervisor() {
		set("switchboard.root.budget.concurrent-turns", "100");
		set("switchboard.supervisors.desk.budget.concurrent-turns", "10");
		set("switchboard.agents.support.budget.concurrent-turns", "5");
		AgentBudgets budgets = budgets();

		List<TurnQuota> support = budgets.quotas("support", agent("support"));
		List<TurnQuota> triage = budgets.quotas("triage", agent("triage"));

		assertThat(support).extracting(TurnQuota::toString)
			.containsExactly("5 turns at once of agent 'support'", "10 turns at once of supervisor 'desk'",
					"100 turns at once of all agents");
		assertThat(triage).isEqualTo(support.subList(1, 3));
	}

	@Test
	void supervisorsInACircleDoNoHarmHere() {
		set("switchboard.supervisors.desk.parent", "front");
		set("switchboard.supervisors.desk.budget.steps", "3");

		assertThat(budget("support").steps()).isEqualTo(3);
	}

	@Test
	void pricesAreThoseOfTheTable() {
		set("switchboard.prices[gpt-4.1].input", "2");
		set("switchboard.prices[gpt-4.1].output", "8.00");

		assertThat(budgets().prices().of("gpt-4.1-2025-04-14"))
			.isEqualTo(new Price(BigDecimal.valueOf(2), new BigDecimal("8.00")));
	}

	private void set(String key, String value) {
		this.settings.put(key, value);
	}

	private Budget budget(String agent) {
		return budgets().of(agent(agent));
	}

	private AgentBudgets budgets() {
		return new AgentBudgets(properties());
	}

	private Agent agent(String name) {
		return Objects.requireNonNull(properties().agents().get(name));
	}

	private SwitchboardProperties properties() {
		return new Binder(new MapConfigurationPropertySource(this.settings)).bindOrCreate("switchboard",
				SwitchboardProperties.class);
	}

}
