package io.switchboard.autoconfigure;

import java.util.List;

import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;

/**
 * A supervisor and the one above it, by name.
 *
 * @param name the supervisor's name
 * @param parent the name of the supervisor above, or {@code /} for the root
 * @param strategy which children are restarted together
 * @param intensity the restart budget
 * @param autoShutdown whether it ends with its significant children
 */
record SupervisorDefinition(String name, String parent, Strategy strategy, RestartIntensity intensity,
		AutoShutdown autoShutdown) {

	static final String ROOT = "/";

	SupervisorSpec specify(List<ChildSpec> children) {
		return SupervisorSpec.builder(isRoot() ? "root" : this.name)
			.strategy(this.strategy)
			.intensity(this.intensity)
			.autoShutdown(this.autoShutdown)
			.children(children)
			.build();
	}

	boolean isRoot() {
		return this.name.equals(ROOT);
	}

}
