package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.AgentTree;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots for tests.
 */
final class Trees {

	static final Instant MAY = Instant.parse("2026-05-01T10:00:00Z");

	private Trees() {
	}

	/**
	 * A desk with an agent that has crashed once and a supervisor of sessions.
	 */
	static AgentTree desk(int sessions) {
		TreeNode pricing = agent("/desk/pricing", 2, 1,
				new LastExit(ExitReason.crash(new IllegalStateException("order of Ms Smith")), MAY),
				new MailboxState(3, 1000, Duration.ofMillis(1500)));
		List<TreeNode> children = IntStream.range(0, sessions)
			.<TreeNode>mapToObj((i) -> agent("/desk/support/s" + i, 1, 0, null, new MailboxState(0, 10, null)))
			.toList();
		TreeNode support = new SupervisorNode(AgentPath.of("/desk/support"), NodeType.DYNAMIC_SUPERVISOR,
				NodeStatus.RUNNING, 1, 0, null, null, Strategy.ONE_FOR_ONE, 3, Duration.ofMinutes(1), 0, children);
		SupervisorNode desk = new SupervisorNode(AgentPath.of("/desk"), NodeType.SUPERVISOR, NodeStatus.RUNNING, 1, 0,
				null, null, Strategy.REST_FOR_ONE, 5, Duration.ofSeconds(90), 1, List.of(pricing, support));
		return new AgentTree(new SupervisorNode(AgentPath.ROOT, NodeType.SUPERVISOR, NodeStatus.RUNNING, 1, 0, null,
				null, Strategy.ONE_FOR_ONE, 3, Duration.ofSeconds(5), 0, List.of(desk)));
	}

	/**
	 * Leave out what the runtime would leave out, but for the number of all nodes.
	 */
	static TreeNode cut(TreeNode node, TreeCut cut) {
		if (!(node instanceof SupervisorNode whole)) {
			return node;
		}
		int from = (int) cut.after() + 1;
		int to = Math.min(whole.children().size(), from + cut.children());
		TreeCut below = new TreeCut(cut.children(), cut.nodes(), TreeCut.FROM_START);
		List<TreeNode> shown = whole.children().subList(from, to).stream().map((child) -> cut(child, below)).toList();
		return new SupervisorNode(whole.path(), whole.type(), whole.status(), whole.incarnation(), whole.restarts(),
				whole.lastExit(), whole.restartingUntil(), whole.strategy(), whole.maxRestarts(), whole.within(),
				whole.restartsInWindow(), whole.childCount(), (to < whole.childCount()) ? to - 1L : null, shown);
	}

	private static AgentNode agent(String path, long incarnation, long restarts, @Nullable LastExit lastExit,
			MailboxState mailbox) {
		return new AgentNode(AgentPath.of(path), NodeStatus.RUNNING, incarnation, restarts, lastExit, null,
				Restart.TRANSIENT, mailbox, "7", List.of());
	}

}
