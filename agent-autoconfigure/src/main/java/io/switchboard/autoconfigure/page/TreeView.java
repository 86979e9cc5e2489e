package io.switchboard.autoconfigure.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.SupervisorNode;
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

	@Nullable Row row(AgentPath path) {
		TreeNode node = this.system.node(path);
		return (node != null) ? Row.of(node) : null;
	}

	/**
	 * List the children of a supervisor, in start order.
	 * @param path the supervisor
	 * @param offset how many to leave out
	 * @param limit how many to show
	 * @return the children, {@code null} if there is no such node
	 */
	@Nullable Children children(AgentPath path, int offset, int limit) {
		TreeNode node = this.system.node(path);
		if (node == null) {
			return null;
		}
		List<TreeNode> children = (node instanceof SupervisorNode supervisor) ? supervisor.children() : List.of();
		return new Children(Row.of(node), part(children, offset, limit));
	}

	/**
	 * Find nodes anywhere in the tree.
	 * @param text what their path has to contain, in upper or lower case
	 * @param sick whether to find only those that do not run, or were restarted; those
	 * with most restarts come first
	 * @param offset how many to leave out
	 * @param limit how many to show
	 * @return what was found
	 */
	Listing search(String text, boolean sick, int offset, int limit) {
		String wanted = text.toLowerCase(Locale.ROOT);
		Stream<TreeNode> nodes = this.system.tree().walk().filter((node) -> matches(node, wanted));
		if (sick) {
			nodes = nodes.filter(TreeView::isSick).sorted(Comparator.comparingLong(TreeNode::restarts).reversed());
		}
		return part(nodes.toList(), offset, limit);
	}

	private static boolean matches(TreeNode node, String wanted) {
		return wanted.isEmpty() || node.path().toString().toLowerCase(Locale.ROOT).contains(wanted);
	}

	private static boolean isSick(TreeNode node) {
		return node.status() != NodeStatus.RUNNING || node.restarts() > 0;
	}

	private static Listing part(List<TreeNode> nodes, int offset, int limit) {
		List<Row> rows = new ArrayList<>();
		nodes.stream().skip(offset).limit(Math.min(limit, MAX_ROWS)).map(Row::of).forEach(rows::add);
		return new Listing(nodes.size(), offset, rows);
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
