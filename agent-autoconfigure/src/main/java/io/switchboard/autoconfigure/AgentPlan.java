package io.switchboard.autoconfigure;

import io.switchboard.supervision.SupervisorSpec;

/**
 * The tree to run, made from all that defines agents, and what is known of them by name.
 *
 * @param root the tree
 * @param catalog its agents
 */
record AgentPlan(SupervisorSpec root, AgentCatalog catalog) {

	static AgentPlan of(SupervisorSpec root) {
		return new AgentPlan(root, new AgentCatalog(AgentDefinitions.of(root)));
	}

}
