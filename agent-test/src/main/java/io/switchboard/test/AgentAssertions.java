package io.switchboard.test;

import io.switchboard.tree.AgentTree;
import io.switchboard.tree.TreeNode;

/**
 * AssertJ assertions on what the runtime shows. Import them statically beside AssertJ's
 * own.
 *
 * @since 0.1.0
 */
public final class AgentAssertions {

	private AgentAssertions() {
	}

	/**
	 * Begin an assertion on a tree.
	 * @param actual the tree
	 * @return the assertion
	 */
	public static AgentTreeAssert assertThat(AgentTree actual) {
		return new AgentTreeAssert(actual);
	}

	/**
	 * Begin an assertion on a node.
	 * @param actual the node
	 * @return the assertion
	 */
	public static TreeNodeAssert assertThat(TreeNode actual) {
		return new TreeNodeAssert(actual);
	}

}
