package io.switchboard;

import org.jspecify.annotations.Nullable;

/**
 * An error that is an answer: the asker gets it, and the agent lives on.
 * <p>
 * Throw or signal it from a handler when the request is at fault, not the agent. Extend
 * it to carry facts.
 *
 * @since 0.1.0
 */
public class RequestFailedException extends AgentException {

	private static final long serialVersionUID = 1L;

	public RequestFailedException(String message) {
		super(message);
	}

	public RequestFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
