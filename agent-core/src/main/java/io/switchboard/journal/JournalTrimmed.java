package io.switchboard.journal;

import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;

/**
 * What was deleted because its time is over.
 *
 * @param events how many events
 * @param turns how many turns that had ended
 * @param sessions the sessions; whoever had opened one may not write any more
 * @param more whether there is more to delete
 * @since 0.1.0
 */
public record JournalTrimmed(int events, int turns, Set<AgentPath> sessions, boolean more) {

	/**
	 * Tell what was deleted.
	 * @param events how many events
	 * @param turns how many turns
	 * @param sessions the sessions
	 * @param more whether there is more to delete
	 */
	public JournalTrimmed {
		sessions = Set.copyOf(Objects.requireNonNull(sessions, "'sessions' must not be null"));
	}

}
