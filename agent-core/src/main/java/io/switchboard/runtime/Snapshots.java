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
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot from running cells, without stopping or asking them.
 */
final class Snapshots {

	private final int children;

	/**
	 * How many more nodes may be shown.
	 */
	private int left;

	private Snapshots(TreeCut cut) {
		this.children = cut.children();
		this.left = cut.nodes() - 1;
	}

	static AgentTree treeOf(SupervisorCell root) {
		return new AgentTree(new Snapshots(TreeCut.NONE).supervisor(root, TreeCut.FROM_START));
	}

	static @Nullable TreeNode of(@Nullable Cell cell, TreeCut cut) {
		return new Snapshots(cut).node(cell, cut.after());
	}

	private @Nullable TreeNode node(@Nullable Cell cell, long after) {
		if (cell instanceof SupervisorCell supervisor) {
			return supervisor(supervisor, after);
		}
		return (cell instanceof AgentCell agent) ? agent(agent, agent.child()) : null;
	}

	private SupervisorNode supervisor(SupervisorCell cell, long after) {
		Child child = cell.child();
		Strategy strategy = Strategy.ONE_FOR_ONE;
		ChildSpec current = cell.spec();
		RestartIntensity intensity = Intensities.of(current);
		if (current instanceof SupervisorSpec spec) {
			strategy = spec.strategy();
		}
		SupervisorMachine rules = cell.machine();
		int restartsInWindow = (rules != null) ? rules.restartsInWindow(cell.system.nanos()) : 0;
		ChildPage page = (rules != null) ? rules.children.page(after, Math.min(this.children, this.left))
				: ChildPage.EMPTY;
		this.left -= page.children().size();
		return new SupervisorNode(cell.path, child.spec.type(), statusOf(cell, child), child.incarnation,
				child.restarts(), child.lastExit(), child.restartingUntil(), strategy, intensity.maxRestarts(),
				intensity.within(), restartsInWindow, page.of(), page.next(), nodes(page.children()));
	}

	private List<TreeNode> nodes(List<Child> children) {
		List<TreeNode> nodes = new ArrayList<>(children.size());
		for (Child child : children) {
			TreeNode node = node(child.cell, TreeCut.FROM_START);
			if (node != null) {
				nodes.add(node);
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
