package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.SwitchboardProperties.Backoff;
import io.switchboard.autoconfigure.SwitchboardProperties.Root;
import io.switchboard.autoconfigure.SwitchboardProperties.Supervisor;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.WhenBudgetSpent;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Collects what the application defines: what agents need, supervisors and agents in the
 * order of the properties, then other agents as their sources order them, then
 * specification beans.
 */
final class AgentPlanFactory {

	private final SwitchboardProperties properties;

	private final List<AgentSource> sources;

	private final ListableBeanFactory beanFactory;

	AgentPlanFactory(SwitchboardProperties properties, List<AgentSource> sources, ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.sources = sources;
		this.beanFactory = beanFactory;
	}

	AgentPlan create() {
		SettingChecks.check(this.properties);
		List<ChildDefinition> children = new ArrayList<>(agents());
		List<ChildDefinition> prerequisites = new ArrayList<>();
		this.sources.forEach((source) -> prerequisites.addAll(source.prerequisites()));
		children.addAll(specifications());
		return AgentPlan.of(TreePlanner.plan(root(), prerequisites, supervisors(), children));
	}

	private SupervisorDefinition root() {
		Root root = this.properties.root();
		return new SupervisorDefinition(SupervisorDefinition.ROOT, SupervisorDefinition.ROOT, root.strategy(),
				new RestartIntensity(root.maxRestarts(), root.within()), AutoShutdown.NEVER, null,
				WhenBudgetSpent.STOP);
	}

	private List<SupervisorDefinition> supervisors() {
		List<SupervisorDefinition> supervisors = new ArrayList<>();
		this.properties.supervisors().forEach((name, supervisor) -> supervisors.add(supervisor(name, supervisor)));
		return supervisors;
	}

	private static SupervisorDefinition supervisor(String name, Supervisor supervisor) {
		return new SupervisorDefinition(name, supervisor.parent(), supervisor.strategy(),
				new RestartIntensity(supervisor.maxRestarts(), supervisor.within()), supervisor.autoShutdown(),
				backoff(supervisor.backoff()), supervisor.onBudgetSpent());
	}

	private static @Nullable RestartBackoff backoff(Backoff backoff) {
		Duration first = backoff.first();
		return (first != null) ? new RestartBackoff(first, backoff.max(), backoff.factor(), backoff.jitter()) : null;
	}

	private List<ChildDefinition> agents() {
		List<ChildDefinition> agents = new ArrayList<>();
		this.sources.forEach((source) -> agents.addAll(source.definitions()));
		checkAllAreDefined(agents);
		List<String> order = List.copyOf(this.properties.agents().keySet());
		agents.sort(Comparator.comparingInt((agent) -> {
			int position = order.indexOf(agent.spec().id());
			return (position >= 0) ? position : order.size();
		}));
		return agents;
	}

	private void checkAllAreDefined(List<ChildDefinition> agents) {
		Set<String> defined = new HashSet<>();
		agents.forEach((agent) -> defined.add(agent.spec().id()));
		Map<String, Agent> undefined = new LinkedHashMap<>(this.properties.agents());
		undefined.keySet().removeAll(defined);
		if (!undefined.isEmpty()) {
			throw new UndefinedAgentException(undefined, defined);
		}
	}

	private List<ChildDefinition> specifications() {
		List<ChildDefinition> specifications = new ArrayList<>();
		IdentityHashMap<AgentPlacement, String> placements = beanNames(AgentPlacement.class);
		this.beanFactory.getBeanProvider(AgentPlacement.class)
			.orderedStream()
			.forEach((placement) -> specifications.add(new ChildDefinition(
					"bean '%s'".formatted(placements.get(placement)), placement.supervisor(), placement.spec())));
		IdentityHashMap<ChildSpec, String> specs = beanNames(ChildSpec.class);
		this.beanFactory.getBeanProvider(ChildSpec.class)
			.orderedStream()
			.forEach((spec) -> specifications
				.add(new ChildDefinition("bean '%s'".formatted(specs.get(spec)), null, spec)));
		return specifications;
	}

	private <T> IdentityHashMap<T, String> beanNames(Class<T> type) {
		IdentityHashMap<T, String> names = new IdentityHashMap<>();
		this.beanFactory.getBeansOfType(type).forEach((name, bean) -> names.put(bean, name));
		return names;
	}

}
