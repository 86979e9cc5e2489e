package io.switchboard.autoconfigure;

import java.util.List;

import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor and the one above it, by name.
 *
 * @param name the supervisor's name
 * @param parent the name of the supervisor above, or {@code /} for the root
 * @param strategy which children are restarted together
 * @param intensity the restart budget
 * @param autoShutdown whether it ends with its significant children
 * @param backoff how to wait between restarts, or {@code null} for not at all
 * @param whenBudgetSpent what becomes of it when the budget is spent
 */
record SupervisorDefinition(String name, String parent, Strategy strategy, RestartIntensity intensity,
		AutoShutdown autoShutdown, @Nullable RestartBackoff backoff, WhenBudgetSpent whenBudgetSpent) {

	static final String ROOT = "/";

	SupervisorSpec specify(List<ChildSpec> children) {
		SupervisorSpec.Builder builder = SupervisorSpec.builder(isRoot() ? "root" : this.name)
			.strategy(this.strategy)
			.intensity(this.intensity)
			.autoShutdown(this.autoShutdown)
			.whenBudgetSpent(this.whenBudgetSpent)
			.children(children);
		if (this.backoff != null) {
			builder.backoff(this.backoff);
		}
		return builder.build();
	}

	boolean isRoot() {
		return this.name.equals(ROOT);
	}

}
