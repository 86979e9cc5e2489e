package io.switchboard;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions of the runtime.
 *
 * @since 0.1.0
 */
public abstract class AgentException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	protected AgentException(String message) {
		super(message);
	}

	protected AgentException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
