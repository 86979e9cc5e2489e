package io.switchboard.benchmarks.switchboard;

import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.SupervisorSpec;

/**
 * Agents that are specified before the start, as children of static supervisors.
 */
final class StaticTree {

	private StaticTree() {
	}

	static AgentSystem start(int agents, int parts) {
		SupervisorSpec.Builder root = SupervisorSpec.builder("root").intensity(Tree.PLENTY);
		for (int part = 0; part < parts; part++) {
			SupervisorSpec.Builder supervisor = SupervisorSpec.builder("sup-" + part).intensity(Tree.PLENTY);
			for (int i = part; i < agents; i += parts) {
				supervisor.child(PlainAgents.usual(i));
			}
			root.child(supervisor.build());
		}
		AgentSystem system = AgentSystem.builder(root.build()).build();
		system.start().block();
		return system;
	}

}
