package io.switchboard.autoconfigure.operations;

import java.util.Set;
import java.util.stream.Collectors;

import io.switchboard.AgentException;
import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operator wanted done to a node was not done. Its message says what
 * stood in the way and what is possible instead, and quotes no content.
 *
 * @since 0.1.0
 */
public final class AgentOperationException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath path;

	private final AgentAction action;

	private final Problem problem;

	private final Set<AgentAction> possible;

	AgentOperationException(AgentPath path, AgentAction action, Problem problem, String detail,
			Set<AgentAction> possible, @Nullable Throwable cause) {
		super("Cannot %s '%s': %s%s".formatted(action.id(), path, detail, instead(possible)), cause);
		this.path = path;
		this.action = action;
		this.problem = problem;
		this.possible = Set.copyOf(possible);
	}

	private static String instead(Set<AgentAction> possible) {
		return possible.isEmpty() ? "" : "; possible now: "
				+ possible.stream().sorted().map(AgentAction::id).collect(Collectors.joining(", "));
	}

	/**
	 * Which node it was about.
	 * @return the path
	 */
	public AgentPath path() {
		return this.path;
	}

	/**
	 * What was to be done.
	 * @return the action
	 */
	public AgentAction action() {
		return this.action;
	}

	/**
	 * What stood in the way.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

	/**
	 * What could be done to the node when this was refused.
	 * @return the actions, none if there is no such node
	 */
	public Set<AgentAction> possible() {
		return this.possible;
	}

	/**
	 * What can stand in the way.
	 */
	public enum Problem {

		/**
		 * There is no such node.
		 */
		NOT_FOUND("not-found"),

		/**
		 * It cannot be done to a node of that type, ever.
		 */
		NOT_APPLICABLE("not-applicable"),

		/**
		 * It cannot be done now, because of what the node is doing.
		 */
		NOT_POSSIBLE("not-possible"),

		/**
		 * It was tried and did not succeed, such as a start that failed.
		 */
		FAILED("failed");

		private final String id;

		Problem(String id) {
			this.id = id;
		}

		/**
		 * The name as it is written in events and answers.
		 * @return the name in lower case, with dashes
		 */
		public String id() {
			return this.id;
		}

	}

}
