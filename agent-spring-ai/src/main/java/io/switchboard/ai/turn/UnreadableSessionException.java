package io.switchboard.ai.turn;

import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

import io.switchboard.AgentPath;
import io.switchboard.RequestFailedException;
import io.switchboard.journal.JournalException;
import org.jspecify.annotations.Nullable;

/**
 * What the journal has of a session does not fit this agent: a step or the conversation
 * cannot be read, or a turn was gone on with again and again without getting on. Nothing
 * was changed, and the agent lives on.
 * <p>
 * A turn fails with this and tells no last event, because it is not over: it can be gone
 * on with by an agent that can read it. To send it again to this one leads here again, so
 * whoever has sent it puts the session into
 * {@linkplain io.switchboard.journal.JournalEntry.Quarantined quarantine}.
 *
 * @since 0.1.0
 */
public final class UnreadableSessionException extends RequestFailedException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath session;

	private final String reason;

	/**
	 * Report a session.
	 * @param session the agent's path
	 * @param reason what is wrong, for operators; quotes nobody
	 * @param cause what was thrown, or {@code null}
	 */
	public UnreadableSessionException(AgentPath session, String reason, @Nullable Throwable cause) {
		super("Session '%s' cannot be gone on with: %s. Deploy a version of the agent that can read it, or delete it"
			.formatted(session, reason), cause);
		this.session = session;
		this.reason = reason;
	}

	/**
	 * Whether what a journal that was read has failed with is about the contents, and not
	 * about the journal. What changes contents on their way may throw anything.
	 * @param ex what it has failed with
	 * @return {@code true} if so
	 */
	public static boolean isCausedBy(Throwable ex) {
		return ex instanceof Exception && !(ex instanceof JournalException)
				&& !(ex instanceof UnreadableSessionException) && !(ex instanceof CancellationException)
				&& !(ex instanceof RejectedExecutionException);
	}

	/**
	 * The session.
	 * @return the agent's path
	 */
	public AgentPath session() {
		return this.session;
	}

	/**
	 * What is wrong.
	 * @return the reason, for operators
	 */
	public String reason() {
		return this.reason;
	}

}
