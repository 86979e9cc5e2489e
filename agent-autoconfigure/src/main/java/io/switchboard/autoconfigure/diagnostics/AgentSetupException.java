package io.switchboard.autoconfigure.diagnostics;

import java.util.Objects;

import io.switchboard.AgentException;

/**
 * A mistake in how an application sets up its agents, found at start-up.
 * <p>
 * It brings its own explanation, which Spring Boot prints instead of a stack trace. All
 * mistakes of one kind are reported at once.
 *
 * @since 0.1.0
 */
public abstract class AgentSetupException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Explain a mistake.
	 * @param description what is wrong: the thing, what came in, what is allowed
	 * @param action what to write instead
	 */
	protected AgentSetupException(String description, String action) {
		super(description);
		this.action = Objects.requireNonNull(action, "'action' must not be null");
	}

	/**
	 * What to do about it.
	 * @return the action, for people
	 */
	public final String action() {
		return this.action;
	}

}
