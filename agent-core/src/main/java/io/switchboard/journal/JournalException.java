package io.switchboard.journal;

import io.switchboard.AgentException;
import org.jspecify.annotations.Nullable;

/**
 * The journal did not do what it was asked for.
 *
 * @since 0.1.0
 */
public abstract sealed class JournalException extends AgentException
		permits StaleWriterException, JournalConflictException, JournalUnavailableException {

	private static final long serialVersionUID = 1L;

	JournalException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
