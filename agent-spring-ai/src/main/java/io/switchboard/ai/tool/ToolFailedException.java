package io.switchboard.ai.tool;

import java.util.Objects;

import io.switchboard.RequestFailedException;
import org.jspecify.annotations.Nullable;

/**
 * To be thrown or signalled by a tool that cannot do what it is asked, although nothing
 * is broken: there is no such order, the shop is closed. The model is told the message
 * and the agent lives on.
 * <p>
 * What else a tool throws is a bug and crashes the agent, unless the tool declares it
 * with {@link ToolPolicy#failures()}.
 *
 * @since 0.1.0
 */
public class ToolFailedException extends RequestFailedException {

	private static final long serialVersionUID = 1L;

	/**
	 * Fail the call.
	 * @param message what the model is told: what is wrong, and best what to do instead
	 */
	public ToolFailedException(String message) {
		this(message, null);
	}

	/**
	 * Fail the call.
	 * @param message what the model is told: what is wrong, and best what to do instead
	 * @param cause what happened, for the log; the model is not told of it
	 */
	public ToolFailedException(String message, @Nullable Throwable cause) {
		super(Objects.requireNonNull(message, "'message' must not be null"), cause);
	}

}
