package io.switchboard.journal;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * A session as the journal knows it.
 *
 * @param path the agent's path
 * @param epoch stands for whoever opened it last; rises each time, over all sessions
 * @param definition the version of the agent's definition with which it began
 * @param lastEvent the number of the newest event that clients were shown, 0 if there is
 * none
 * @param quarantine why the session cannot go on until it is deleted, or {@code null} if
 * it can; the journal itself refuses nothing
 * @param owner whose it is, or {@code null} if it belongs to nobody; the journal itself
 * shows it to everybody
 * @since 0.1.0
 */
public record JournalSession(AgentPath path, long epoch, String definition, long lastEvent, @Nullable String quarantine,
		@Nullable String owner) {

	/**
	 * Whether the session cannot go on.
	 * @return {@code true} if so
	 */
	public boolean isQuarantined() {
		return this.quarantine != null;
	}

}
