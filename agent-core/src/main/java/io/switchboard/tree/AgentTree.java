package io.switchboard.tree;

import java.util.stream.Stream;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * A supervision tree at one moment.
 * <p>
 * Each node is consistent in itself; while the tree moves, two nodes may have been read a
 * moment apart.
 *
 * @param root the root supervisor
 * @since 0.1.0
 */
public record AgentTree(SupervisorNode root) {

	/**
	 * Find a node by its path.
	 * @param path the path
	 * @return the node, or {@code null} if there is none
	 */
	public @Nullable TreeNode find(AgentPath path) {
		TreeNode node = this.root;
		for (String segment : path.segments()) {
			if (!(node instanceof SupervisorNode supervisor)) {
				return null;
			}
			node = supervisor.children()
				.stream()
				.filter((child) -> child.path().name().equals(segment))
				.findFirst()
				.orElse(null);
		}
		return node;
	}

	/**
	 * All nodes, parents before children.
	 * @return the nodes
	 */
	public Stream<TreeNode> walk() {
		return this.root.walk();
	}

	/**
	 * Draw the tree for people, one line a node.
	 * @return the drawing, without a line break at its end
	 */
	public String render() {
		return TreeRenderer.render(this.root);
	}

}
