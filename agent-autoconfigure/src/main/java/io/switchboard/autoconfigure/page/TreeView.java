package io.switchboard.autoconfigure.page;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tree in parts that a page can show.
 *
 * @param system where the tree is
 */
record TreeView(AgentSystem system) {

	/** How many rows are sent at once. */
	static final int MAX_ROWS = 200;

	/**
	 * How many nodes are looked at to find some, and how many children of one supervisor
	 * are listed.
	 */
	static final int MAX_SEARCHED = 100_000;

	private static final double FULL = 0.8;

	@Nullable Row row(AgentPath path) {
		TreeNode node = this.system.node(path, TreeCut.NODE_ONLY);
		return (node != null) ? Row.of(node) : null;
	}

	/**
	 * List the children of a supervisor, in start order, as far as they are listed.
	 * @param path the supervisor
	 * @param offset how many to leave out
	 * @param limit how many to show
	 * @return the children, {@code null} if there is no such node
	 */
	@Nullable Children children(AgentPath path, int offset, int limit) {
		boolean beyond = offset >= MAX_SEARCHED;
		int rows = Math.min(limit, MAX_ROWS);
		int last = beyond ? 0 : offset + rows;
		TreeNode node = this.system.node(path, new TreeCut(last, last + 1, TreeCut.FROM_START));
		if (node == null) {
			return null;
		}
		if (!(node instanceof SupervisorNode supervisor)) {
			return new Children(Row.of(node), new Listing(0, offset, List.of(), false));
		}
		return new Children(Row.of(node), new Listing(supervisor.childCount(), offset,
				supervisor.children().stream().skip(offset).limit(rows).map(Row::of).toList(), beyond));
	}

	/**
	 * Find nodes anywhere in the tree, as far as it is looked through.
	 * @param text what their path has to contain, in upper or lower case
	 * @param unwellSince to find only those that are down, have crashed since then or
	 * have a mailbox that is nearly full; those with most restarts come first.
	 * {@code null} to find all
	 * @param offset how many to leave out
	 * @param limit how many to show
	 * @return what was found
	 */
	Listing search(String text, @Nullable Instant unwellSince, int offset, int limit) {
		String wanted = text.toLowerCase(Locale.ROOT);
		TreeNode root = this.system.node(AgentPath.ROOT,
				new TreeCut(Integer.MAX_VALUE, MAX_SEARCHED, TreeCut.FROM_START));
		if (root == null) {
			return new Listing(0, offset, List.of(), false);
		}
		List<TreeNode> seen = root.walk().toList();
		Stream<TreeNode> found = seen.stream().filter((node) -> matches(node, wanted));
		if (unwellSince != null) {
			found = found.filter((node) -> isUnwell(node, unwellSince))
				.sorted(Comparator.comparingLong(TreeNode::restarts).reversed());
		}
		List<TreeNode> all = found.toList();
		return new Listing(all.size(), offset,
				all.stream().skip(offset).limit(Math.min(limit, MAX_ROWS)).map(Row::of).toList(),
				seen.size() == MAX_SEARCHED);
	}

	private static boolean matches(TreeNode node, String wanted) {
		return wanted.isEmpty() || node.path().toString().toLowerCase(Locale.ROOT).contains(wanted);
	}

	private static boolean isUnwell(TreeNode node, Instant since) {
		LastExit exit = node.lastExit();
		boolean crashed = exit != null && exit.reason().isAbnormal() && exit.at().isAfter(since);
		return node.status() != NodeStatus.RUNNING || crashed
				|| (node instanceof AgentNode agent && isFull(agent.mailbox()));
	}

	private static boolean isFull(MailboxState mailbox) {
		return mailbox.size() >= FULL * mailbox.capacity();
	}

	/**
	 * A node and a part of its children.
	 *
	 * @param node the node
	 * @param list its children
	 */
	record Children(Row node, Listing list) {

	}

}
