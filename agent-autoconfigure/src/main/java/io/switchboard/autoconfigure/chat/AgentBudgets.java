package io.switchboard.autoconfigure.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.switchboard.ai.turn.Budget;
import io.switchboard.ai.turn.Price;
import io.switchboard.ai.turn.Prices;
import io.switchboard.ai.turn.TurnQuota;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.SwitchboardProperties.Supervisor;
import org.jspecify.annotations.Nullable;

/**
 * What turns may cost, by the settings of agents and of the supervisors above them: of
 * each limit the tightest that is set, and the default if none is.
 */
final class AgentBudgets {

	private static final String ROOT = "/";

	private final SwitchboardProperties properties;

	private final Map<String, TurnQuota> ofSupervisors = new LinkedHashMap<>();

	AgentBudgets(SwitchboardProperties properties) {
		this.properties = properties;
		quota(ROOT, "all agents", properties.root().budget());
		properties.supervisors()
			.forEach((name, supervisor) -> quota(name, "supervisor '" + name + "'", supervisor.budget()));
	}

	private void quota(String supervisor, String name, SwitchboardProperties.Budget budget) {
		if (budget.concurrentTurns() != null) {
			this.ofSupervisors.put(supervisor, TurnQuota.of(name, budget.concurrentTurns()));
		}
	}

	/**
	 * What one turn of an agent may cost.
	 * @param agent the agent's settings
	 * @return the budget
	 */
	Budget of(Agent agent) {
		SwitchboardProperties.Budget set = agent.budget();
		for (String supervisor : supervisors(agent)) {
			set = tightest(set, budget(supervisor));
		}
		Budget defaults = Budget.defaults();
		return new Budget(Objects.requireNonNullElse(set.steps(), defaults.steps()),
				Objects.requireNonNullElse(set.toolCalls(), defaults.toolCalls()),
				Objects.requireNonNullElse(set.tokens(), defaults.tokens()), set.cost(),
				Objects.requireNonNullElse(set.time(), defaults.time()));
	}

	/**
	 * How many turns there may be at once, of which an agent's are some.
	 * @param name the agent's name
	 * @param agent its settings
	 * @return its own quota, if it has one, and those of the supervisors above it, each
	 * the same for all agents below
	 */
	List<TurnQuota> quotas(String name, Agent agent) {
		List<TurnQuota> quotas = new ArrayList<>();
		Integer own = agent.budget().concurrentTurns();
		if (own != null) {
			quotas.add(TurnQuota.of("agent '" + name + "'", own));
		}
		for (String supervisor : supervisors(agent)) {
			TurnQuota quota = this.ofSupervisors.get(supervisor);
			if (quota != null) {
				quotas.add(quota);
			}
		}
		return quotas;
	}

	/**
	 * What models cost.
	 * @return the prices
	 */
	Prices prices() {
		Map<String, Price> prices = new LinkedHashMap<>();
		this.properties.prices().forEach((model, price) -> prices.put(model, new Price(price.input(), price.output())));
		return new Prices(prices);
	}

	/**
	 * The supervisors above an agent. Those that go round in a circle are reported when
	 * the tree is planned.
	 */
	private Set<String> supervisors(Agent agent) {
		Set<String> path = new LinkedHashSet<>();
		String next = Objects.requireNonNullElse(agent.supervisor(), ROOT);
		while (path.add(next)) {
			Supervisor supervisor = this.properties.supervisors().get(next);
			next = (supervisor != null) ? supervisor.parent() : ROOT;
		}
		return path;
	}

	private SwitchboardProperties.Budget budget(String supervisor) {
		Supervisor known = this.properties.supervisors().get(supervisor);
		return (known != null) ? known.budget() : this.properties.root().budget();
	}

	private static SwitchboardProperties.Budget tightest(SwitchboardProperties.Budget one,
			SwitchboardProperties.Budget other) {
		return new SwitchboardProperties.Budget(least(one.steps(), other.steps()),
				least(one.toolCalls(), other.toolCalls()), least(one.tokens(), other.tokens()),
				least(one.cost(), other.cost()), least(one.time(), other.time()),
				least(one.concurrentTurns(), other.concurrentTurns()));
	}

	private static <T extends Comparable<? super T>> @Nullable T least(@Nullable T one, @Nullable T other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return (one.compareTo(other) <= 0) ? one : other;
	}

}
