package io.switchboard.autoconfigure.journal;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import org.jspecify.annotations.Nullable;

/**
 * There is no place to keep the journal in.
 */
final class JournalSetupException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	JournalSetupException(String description, String action, @Nullable Throwable cause) {
		super(description, action);
		if (cause != null) {
			initCause(cause);
		}
	}

}
