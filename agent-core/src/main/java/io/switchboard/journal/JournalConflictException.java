package io.switchboard.journal;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * A write contradicts what is stored: a turn, a step, an event or a key was there before,
 * or something does not fit the store. Nothing of the write was kept, and it will not be
 * if it comes again.
 *
 * @since 0.1.0
 */
public final class JournalConflictException extends JournalException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath session;

	/**
	 * Report a write that was refused.
	 * @param session the agent's path
	 * @param detail what is wrong with it
	 * @param cause what the store says, or {@code null}
	 */
	public JournalConflictException(AgentPath session, String detail, @Nullable Throwable cause) {
		super("Journal of session '%s' refused a write: %s".formatted(session, detail), cause);
		this.session = session;
	}

	/**
	 * The session.
	 * @return the agent's path
	 */
	public AgentPath session() {
		return this.session;
	}

}
