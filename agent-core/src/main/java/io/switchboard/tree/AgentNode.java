package io.switchboard.tree;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.Activity;
import io.switchboard.AgentPath;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import org.jspecify.annotations.Nullable;

/**
 * An agent as it was when the snapshot was taken.
 *
 * @param path where it is
 * @param status what it was doing
 * @param incarnation the number of its life
 * @param restarts automatic restarts since it was first started
 * @param lastExit how its latest ended life ended
 * @param restartingUntil when the wait for its restart ends, if it waits
 * @param restart which of its ends are answered with a restart
 * @param mailbox what waits in front of it
 * @param version the version of its definition
 * @param activities what it shows of what it is at with the message in hand
 * @since 0.1.0
 */
public record AgentNode(AgentPath path, NodeStatus status, long incarnation, long restarts, @Nullable LastExit lastExit,
		@Nullable Instant restartingUntil, Restart restart, MailboxState mailbox, String version,
		List<Activity> activities) implements TreeNode {

	/**
	 * Protect the activities.
	 */
	public AgentNode {
		activities = List.copyOf(activities);
	}

	@Override
	public NodeType type() {
		return NodeType.AGENT;
	}

	@Override
	public Stream<TreeNode> walk() {
		return Stream.of(this);
	}

}
