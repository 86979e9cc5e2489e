package io.switchboard.journal;

import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;

/**
 * Entries of one session that are kept together or not at all.
 *
 * @param session the agent's path
 * @param epoch the epoch of whoever writes
 * @param number the number of the write in its epoch, more than that of any before
 * @param entries what to keep, in this order
 * @since 0.1.0
 */
public record JournalWrite(AgentPath session, long epoch, long number, List<JournalEntry> entries) {

	/**
	 * Put a write together.
	 * @param session the agent's path
	 * @param epoch the epoch of whoever writes
	 * @param number the number of the write in its epoch
	 * @param entries what to keep
	 * @throws IllegalArgumentException if there are no entries or the number is not
	 * positive
	 */
	public JournalWrite {
		Objects.requireNonNull(session, "'session' must not be null");
		entries = List.copyOf(Objects.requireNonNull(entries, "'entries' must not be null"));
		if (entries.isEmpty()) {
			throw new IllegalArgumentException("Write to the journal of '%s' has no entries".formatted(session));
		}
		if (number < 1) {
			throw new IllegalArgumentException(
					"Write %d to the journal of '%s' is not possible: writes are numbered from 1".formatted(number,
							session));
		}
	}

	/**
	 * The number of the newest event among the entries.
	 * @return the number, 0 if there is no event
	 */
	public long lastEvent() {
		return this.entries.stream()
			.filter(JournalEntry.Event.class::isInstance)
			.mapToLong((entry) -> ((JournalEntry.Event) entry).id())
			.max()
			.orElse(0);
	}

}
