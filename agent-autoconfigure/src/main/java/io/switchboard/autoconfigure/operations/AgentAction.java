package io.switchboard.autoconfigure.operations;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import io.switchboard.tree.AgentNode;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can do to a node. A supervisor takes what is below it along, except
 * that {@link #SUSPEND} and {@link #RESUME} concern its own work alone.
 *
 * @since 0.1.0
 */
public enum AgentAction {

	/**
	 * Stop it within its shutdown time and start it again. It is no crash and costs no
	 * restart budget; what waits in an agent's mailbox waits on.
	 */
	RESTART,

	/**
	 * Stop it within its shutdown time and leave it down. What waits is lost, and its
	 * senders are told. A child of a dynamic supervisor is forgotten.
	 */
	STOP,

	/**
	 * Start it again after it was stopped, or stayed down as the restart budget was
	 * spent.
	 */
	START,

	/**
	 * Let an agent handle nothing more until it is resumed, and a supervisor restart
	 * nothing. A message in hand is finished first.
	 */
	SUSPEND,

	/**
	 * Let it go on after it was suspended.
	 */
	RESUME,

	/**
	 * Let an agent take no more messages, finish those that wait, and stop.
	 */
	DRAIN,

	/**
	 * End its life at once and without cleanup, as a crash would. Its supervisor decides
	 * what comes next, and counts it.
	 */
	KILL,

	/**
	 * Begin to write down what an agent does, or begin anew.
	 */
	TRACE_ON,

	/**
	 * End a trace and forget it.
	 */
	TRACE_OFF;

	private static final Set<AgentAction> FOR_ROOT = Set.of(SUSPEND, RESUME);

	private static final Set<AgentAction> FOR_AGENTS = Set.of(DRAIN, TRACE_ON, TRACE_OFF);

	/**
	 * The name as it is written in requests and events.
	 * @return the name in lower case, with dashes
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Find an action by its name.
	 * @param id the name, in lower case and with dashes
	 * @return the action, or {@code null} if there is none of that name
	 */
	public static @Nullable AgentAction find(String id) {
		for (AgentAction action : values()) {
			if (action.id().equals(id)) {
				return action;
			}
		}
		return null;
	}

	/**
	 * What can be done to a node as it is now. It may have moved on when it is done.
	 * @param node the node
	 * @return the actions, in the order in which they are declared
	 */
	public static Set<AgentAction> possibleFor(TreeNode node) {
		EnumSet<AgentAction> possible = inStatus(node.status());
		possible.removeIf((action) -> !action.fits(node));
		return possible;
	}

	/**
	 * Whether this can be done to such a node at all, whatever it is doing.
	 * @param node the node
	 * @return {@code false} for what only agents can do, and for what would end the whole
	 * tree
	 */
	boolean fits(TreeNode node) {
		boolean allowed = !node.path().isRoot() || FOR_ROOT.contains(this);
		return allowed && (node instanceof AgentNode || !FOR_AGENTS.contains(this));
	}

	private static EnumSet<AgentAction> inStatus(NodeStatus status) {
		return switch (status) {
			case STARTING -> EnumSet.of(RESTART, STOP, KILL, TRACE_ON, TRACE_OFF);
			case RUNNING -> EnumSet.of(RESTART, STOP, SUSPEND, DRAIN, KILL, TRACE_ON, TRACE_OFF);
			case SUSPENDED -> EnumSet.of(RESTART, STOP, RESUME, KILL, TRACE_ON, TRACE_OFF);
			case RESTARTING -> EnumSet.of(STOP, TRACE_ON, TRACE_OFF);
			case STOPPING -> EnumSet.of(KILL);
			case STOPPED -> EnumSet.of(START);
		};
	}

}
