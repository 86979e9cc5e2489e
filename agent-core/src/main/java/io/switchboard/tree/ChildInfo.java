package io.switchboard.tree;

import io.switchboard.supervision.NodeType;

/**
 * One child in the listing that a supervisor gives of its children.
 *
 * @param id its name, the last segment of its path
 * @param type what it is
 * @param status what it is doing; {@link NodeStatus#RESTARTING} from the decision to
 * restart it until it is up again
 * @param incarnation the number of its life, zero if it has never started
 * @since 0.1.0
 */
public record ChildInfo(String id, NodeType type, NodeStatus status, long incarnation) {

	/**
	 * Whether the child is alive: up, on its way up for the first time, or on its way
	 * down.
	 * @return {@code false} if it is stopped or restarting
	 */
	public boolean isActive() {
		return switch (this.status) {
			case STARTING, RUNNING, SUSPENDED, STOPPING -> true;
			case RESTARTING, STOPPED -> false;
		};
	}

}
