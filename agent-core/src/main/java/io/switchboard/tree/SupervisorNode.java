package io.switchboard.tree;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor of any type, as it was when the snapshot was taken.
 *
 * @param path where it is
 * @param type which type of supervisor it is
 * @param status what it was doing
 * @param incarnation the number of its life
 * @param restarts automatic restarts since it was first started
 * @param lastExit how its latest ended life ended
 * @param restartingUntil when the wait for its restart ends, if it waits
 * @param strategy which children it restarts together; always
 * {@link Strategy#ONE_FOR_ONE} for one that is not static
 * @param maxRestarts restarts it allows within the period
 * @param within the period
 * @param restartsInWindow restarts that count against the budget; the highest of any
 * child where each child has its own
 * @param childCount how many children it has
 * @param next where the next children begin, as {@link TreeCut#after()} takes it;
 * {@code null} if no more than those shown are left
 * @param children its children as far as they are shown, in start order
 * @since 0.1.0
 */
public record SupervisorNode(AgentPath path, NodeType type, NodeStatus status, long incarnation, long restarts,
		@Nullable LastExit lastExit, @Nullable Instant restartingUntil, Strategy strategy, int maxRestarts,
		Duration within, int restartsInWindow, int childCount, @Nullable Long next,
		List<TreeNode> children) implements TreeNode {

	public SupervisorNode {
		children = List.copyOf(children);
	}

	/**
	 * Show a supervisor with all its children.
	 * @param path where it is
	 * @param type which type of supervisor it is
	 * @param status what it was doing
	 * @param incarnation the number of its life
	 * @param restarts automatic restarts since it was first started
	 * @param lastExit how its latest ended life ended
	 * @param restartingUntil when the wait for its restart ends, if it waits
	 * @param strategy which children it restarts together
	 * @param maxRestarts restarts it allows within the period
	 * @param within the period
	 * @param restartsInWindow restarts that count against the budget
	 * @param children its children, in start order
	 */
	public SupervisorNode(AgentPath path, NodeType type, NodeStatus status, long incarnation, long restarts,
			@Nullable LastExit lastExit, @Nullable Instant restartingUntil, Strategy strategy, int maxRestarts,
			Duration within, int restartsInWindow, List<TreeNode> children) {
		this(path, type, status, incarnation, restarts, lastExit, restartingUntil, strategy, maxRestarts, within,
				restartsInWindow, children.size(), null, children);
	}

	@Override
	public Stream<TreeNode> walk() {
		return Stream.concat(Stream.of(this), this.children.stream().flatMap(TreeNode::walk));
	}

}
