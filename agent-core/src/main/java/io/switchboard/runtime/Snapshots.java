package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.AgentTree;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads snapshots from running cells, without stopping or asking them.
 */
final class Snapshots {

	private Snapshots() {
	}

	static AgentTree treeOf(SupervisorCell root) {
		return new AgentTree(supervisor(root));
	}

	static @Nullable TreeNode of(@Nullable Cell cell) {
		if (cell instanceof SupervisorCell supervisor) {
			return supervisor(supervisor);
		}
		return (cell instanceof AgentCell agent) ? agent(agent, agent.child()) : null;
	}

	private static SupervisorNode supervisor(SupervisorCell cell) {
		Child child = cell.child();
		Strategy strategy = Strategy.ONE_FOR_ONE;
		ChildSpec current = cell.spec();
		RestartIntensity intensity = Intensities.of(current);
		if (current instanceof SupervisorSpec spec) {
			strategy = spec.strategy();
		}
		SupervisorMachine rules = cell.machine();
		int restartsInWindow = (rules != null) ? rules.restartsInWindow(cell.system.nanos()) : 0;
		return new SupervisorNode(cell.path, child.spec.type(), statusOf(cell, child), child.incarnation,
				child.restarts(), child.lastExit(), child.restartingUntil(), strategy, intensity.maxRestarts(),
				intensity.within(), restartsInWindow, children(rules));
	}

	private static List<TreeNode> children(@Nullable SupervisorMachine rules) {
		List<TreeNode> nodes = new ArrayList<>();
		if (rules != null) {
			for (Child child : rules.children.inOrder()) {
				TreeNode node = of(child.cell);
				if (node != null) {
					nodes.add(node);
				}
			}
		}
		return nodes;
	}

	private static NodeStatus statusOf(Cell cell, Child child) {
		NodeStatus status = child.status;
		return (status == NodeStatus.RUNNING && cell.isSuspended()) ? NodeStatus.SUSPENDED : status;
	}

	private static AgentNode agent(AgentCell cell, Child child) {
		MailboxState mailbox = cell.mailboxState();
		HandlerRun run = cell.inHand();
		return new AgentNode(cell.path, statusOf(cell, child), child.incarnation, child.restarts(), child.lastExit(),
				child.restartingUntil(), child.spec.restart(), mailbox, cell.spec().version(),
				(run != null) ? run.activities() : List.of());
	}

}
