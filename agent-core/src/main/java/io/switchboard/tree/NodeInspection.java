package io.switchboard.tree;

import java.time.Duration;
import java.util.List;

import io.switchboard.report.Content;
import io.switchboard.report.RestartBudget;
import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;

/**
 * A node as an operator may see it from near.
 *
 * @param node the node, with its status, life and mailbox
 * @param spec what it was specified as
 * @param budget how much is spent of the restart budget that its supervisor has for it;
 * {@code null} for the root
 * @param handling the class of the message in hand, or {@code null} if there is none
 * @param handlingFor how long that has been in hand; for an agent whose handler has not
 * returned from its method, how long it has been at work without a rest
 * @param state the state as the {@link io.switchboard.report.Sanitizer} lets it be seen;
 * {@code null} if the agent shows none, or was not done with its message in time
 * @param statistics what the current life has done; {@code null} for a supervisor, or if
 * there is no life now
 * @param trace the latest entries, oldest first; empty unless the node is traced
 * @since 0.1.0
 */
public record NodeInspection(TreeNode node, ChildSpec spec, @Nullable RestartBudget budget, @Nullable String handling,
		@Nullable Duration handlingFor, @Nullable Content state, @Nullable AgentStatistics statistics,
		List<TraceEntry> trace) {

	public NodeInspection {
		trace = List.copyOf(trace);
	}

}
