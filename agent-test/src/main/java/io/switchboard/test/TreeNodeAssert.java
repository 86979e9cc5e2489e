package io.switchboard.test;

import io.switchboard.ExitReason;
import io.switchboard.supervision.NodeType;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on one node of a supervision tree. Get one from
 * {@link AgentTreeAssert#hasNode(String)}.
 *
 * @since 0.1.0
 */
public final class TreeNodeAssert extends AbstractAssert<TreeNodeAssert, TreeNode> {

	TreeNodeAssert(TreeNode actual) {
		super(actual, TreeNodeAssert.class);
	}

	/**
	 * Expects what the node is.
	 * @param expected the type
	 * @return this assertion
	 */
	public TreeNodeAssert withType(NodeType expected) {
		return with("type", this.actual.type(), expected);
	}

	/**
	 * Expects what the node is doing.
	 * @param expected the status
	 * @return this assertion
	 */
	public TreeNodeAssert withStatus(NodeStatus expected) {
		return with("status", this.actual.status(), expected);
	}

	/**
	 * Expects which life of the node this is.
	 * @param expected the number
	 * @return this assertion
	 */
	public TreeNodeAssert withIncarnation(long expected) {
		return with("incarnation", this.actual.incarnation(), expected);
	}

	/**
	 * Expects how often the node was restarted.
	 * @param expected the count
	 * @return this assertion
	 */
	public TreeNodeAssert withRestarts(long expected) {
		return with("restarts", this.actual.restarts(), expected);
	}

	/**
	 * Expects how the life before ended.
	 * @param expected the reason
	 * @return this assertion
	 */
	public TreeNodeAssert withLastExit(ExitReason expected) {
		LastExit exit = this.actual.lastExit();
		Assertions.assertThat((exit != null) ? exit.reason() : null)
			.as("last exit of %s", this.actual.path())
			.isEqualTo(expected);
		return this;
	}

	/**
	 * Expects that no life of the node has ended yet.
	 * @return this assertion
	 */
	public TreeNodeAssert withoutLastExit() {
		Assertions.assertThat(this.actual.lastExit()).as("last exit of %s", this.actual.path()).isNull();
		return this;
	}

	/**
	 * Expects an agent in front of which a number of messages wait.
	 * @param expected the number
	 * @return this assertion
	 */
	public TreeNodeAssert withMailboxSize(int expected) {
		if (!(this.actual instanceof AgentNode agent)) {
			throw failure("%nExpecting %s to be an agent, but it is a %s", this.actual.path(), this.actual.type().id());
		}
		return with("mailbox size", agent.mailbox().size(), expected);
	}

	/**
	 * Expects a supervisor that has spent so many restarts of its budget.
	 * @param expected the restarts in the window
	 * @return this assertion
	 */
	public TreeNodeAssert withRestartsInWindow(int expected) {
		if (!(this.actual instanceof SupervisorNode supervisor)) {
			throw failure("%nExpecting %s to be a supervisor, but it is an agent", this.actual.path());
		}
		return with("restarts in window", supervisor.restartsInWindow(), expected);
	}

	private TreeNodeAssert with(String what, Object actualValue, Object expected) {
		Assertions.assertThat(actualValue).as("%s of %s", what, this.actual.path()).isEqualTo(expected);
		return this;
	}

}
