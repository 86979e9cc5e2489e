package io.switchboard.journal;

import java.time.Instant;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * A turn as the journal knows it.
 *
 * @param session the agent's path
 * @param turn the turn's id
 * @param message what was asked for
 * @param key the key with which it was accepted, or {@code null} if there was none or
 * nobody took the turn
 * @param acceptedAt when it was accepted
 * @param outcome how it ended, or {@code null} if it has not
 * @since 0.1.0
 */
public record JournalTurn(AgentPath session, String turn, String message, @Nullable String key, Instant acceptedAt,
		@Nullable String outcome) {

	/**
	 * Whether the turn was accepted and has not ended.
	 * @return {@code true} if so
	 */
	public boolean isOpen() {
		return this.outcome == null;
	}

}
