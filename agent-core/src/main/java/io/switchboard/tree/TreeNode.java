package io.switchboard.tree;

import java.time.Instant;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.supervision.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * One node of a tree as it was when the snapshot was taken.
 *
 * @since 0.1.0
 */
public sealed interface TreeNode permits AgentNode, SupervisorNode {

	/**
	 * Where it is.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * What it is.
	 * @return the type
	 */
	NodeType type();

	/**
	 * What it was doing.
	 * @return the status
	 */
	NodeStatus status();

	/**
	 * The number of its life, zero if it has never started.
	 * @return the incarnation
	 */
	long incarnation();

	/**
	 * How often it was restarted automatically since it was first started.
	 * @return the count, which no window prunes
	 */
	long restarts();

	/**
	 * How its latest ended life ended.
	 * @return the exit, or {@code null} if none has ended
	 */
	@Nullable LastExit lastExit();

	/**
	 * When the wait for its restart ends, where its supervisor slows restarts down.
	 * @return the time, or {@code null} if it does not wait
	 */
	@Nullable Instant restartingUntil();

	/**
	 * This node and all below it, parents before children.
	 * @return the nodes
	 */
	Stream<TreeNode> walk();

}
