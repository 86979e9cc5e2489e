package io.switchboard.test;

import io.switchboard.AgentPath;
import io.switchboard.tree.AgentTree;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a supervision tree. Get one from
 * {@link AgentAssertions#assertThat(AgentTree)}.
 *
 * @since 0.1.0
 */
public final class AgentTreeAssert extends AbstractAssert<AgentTreeAssert, AgentTree> {

	AgentTreeAssert(AgentTree actual) {
		super(actual, AgentTreeAssert.class);
	}

	/**
	 * Expects a node and goes on with it.
	 * @param path the node's path
	 * @return an assertion on the node
	 */
	public TreeNodeAssert hasNode(String path) {
		TreeNode node = find(path);
		if (node == null) {
			throw failure("%nExpecting a node at%n  %s%nin the tree%n%s", path, this.actual.render());
		}
		return new TreeNodeAssert(node);
	}

	/**
	 * Expects that there is no node.
	 * @param path the path at which there is none
	 * @return this assertion
	 */
	public AgentTreeAssert hasNoNode(String path) {
		if (find(path) != null) {
			throw failure("%nExpecting no node at%n  %s%nin the tree%n%s", path, this.actual.render());
		}
		return this;
	}

	/**
	 * Expects the names of a supervisor's children.
	 * @param path the supervisor's path
	 * @param names the names in start order
	 * @return this assertion
	 */
	public AgentTreeAssert hasChildren(String path, String... names) {
		if (!(find(path) instanceof SupervisorNode supervisor)) {
			throw failure("%nExpecting a supervisor at%n  %s%nin the tree%n%s", path, this.actual.render());
		}
		Assertions.assertThat(supervisor.children())
			.as("children of %s", path)
			.extracting((child) -> child.path().name())
			.containsExactly(names);
		return this;
	}

	private @Nullable TreeNode find(String path) {
		isNotNull();
		return this.actual.find(AgentPath.of(path));
	}

}
