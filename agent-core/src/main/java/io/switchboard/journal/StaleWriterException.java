package io.switchboard.journal;

import io.switchboard.AgentPath;

/**
 * A write came from somebody who leads the session no more: another process has taken it
 * over, or it was deleted. Nothing of the write was kept, and nothing of that writer will
 * be.
 *
 * @since 0.1.0
 */
public final class StaleWriterException extends JournalException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath session;

	/**
	 * Report a write that was refused.
	 * @param session the agent's path
	 * @param epoch the epoch of whoever wrote
	 * @param current the epoch of whoever may write, 0 if the session was deleted
	 */
	public StaleWriterException(AgentPath session, long epoch, long current) {
		super((current != 0)
				? "Session '%s' was taken over: epoch %d may not write any more, epoch %d may".formatted(session, epoch,
						current)
				: "Session '%s' was deleted: epoch %d may not write any more".formatted(session, epoch), null);
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
