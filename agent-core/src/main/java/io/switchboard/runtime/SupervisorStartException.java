package io.switchboard.runtime;

import io.switchboard.AgentException;
import io.switchboard.AgentPath;

/**
 * A supervisor could not start because one of its children could not.
 *
 * @since 0.1.0
 */
public final class SupervisorStartException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath supervisor;

	private final transient AgentPath child;

	SupervisorStartException(AgentPath supervisor, AgentPath child, Throwable cause) {
		super("Supervisor '%s' did not start, because its child '%s' did not start: %s".formatted(supervisor, child,
				cause.getMessage()), cause);
		this.supervisor = supervisor;
		this.child = child;
	}

	/**
	 * The supervisor that did not start.
	 * @return its path
	 */
	public AgentPath supervisor() {
		return this.supervisor;
	}

	/**
	 * The child that stood in the way. Its own failure, perhaps a further exception of
	 * this kind, is the {@linkplain #getCause() cause}.
	 * @return the child's path
	 */
	public AgentPath child() {
		return this.child;
	}

}
