package io.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;

/**
 * Lists the agents of a tree. A dynamic supervisor with a template counts as one agent
 * with many sessions.
 */
final class AgentDefinitions {

	private AgentDefinitions() {
	}

	static List<AgentDefinition> of(SupervisorSpec root) {
		List<AgentDefinition> result = new ArrayList<>();
		root.children().forEach((child) -> collect(AgentPath.ROOT, child, result));
		return result;
	}

	private static void collect(AgentPath parent, ChildSpec spec, List<AgentDefinition> result) {
		AgentPath path = parent.child(spec.id());
		if (spec instanceof SupervisorSpec supervisor) {
			supervisor.children().forEach((child) -> collect(path, child, result));
		}
		else if (isAgent(spec)) {
			result.add(define(path, spec));
		}
	}

	static boolean isAgent(ChildSpec spec) {
		return spec instanceof AgentSpec
				|| (spec instanceof DynamicSupervisorSpec supervisor && supervisor.template() != null);
	}

	private static AgentDefinition define(AgentPath path, ChildSpec spec) {
		AgentSpec<?> agent = (spec instanceof AgentSpec<?> single) ? single
				: SampleSession.of((DynamicSupervisorSpec) spec);
		return (agent != null)
				? new AgentDefinition(spec.id(), path, spec instanceof DynamicSupervisorSpec, agent.messageTypes(),
						agent.version())
				: new AgentDefinition(spec.id(), path, spec instanceof DynamicSupervisorSpec, Set.of());
	}

}
