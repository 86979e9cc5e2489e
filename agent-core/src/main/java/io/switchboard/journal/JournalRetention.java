package io.switchboard.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long a journal keeps what nobody needs to go on.
 *
 * @param turns how long a turn is known after its end, and an event after it was shown;
 * zero for ever
 * @param sessions how long a session without open turns is known after the last write;
 * zero for ever
 * @param events how many events of a session are kept at most, the newest; zero for any
 * number
 * @since 0.1.0
 */
public record JournalRetention(Duration turns, Duration sessions, int events) {

	/**
	 * Say how long to keep what.
	 * @param turns how long turns that have ended
	 * @param sessions how long sessions that are not used
	 * @param events how many events of a session
	 * @throws IllegalArgumentException if one of them is negative
	 */
	public JournalRetention {
		Objects.requireNonNull(turns, "'turns' must not be null");
		Objects.requireNonNull(sessions, "'sessions' must not be null");
		if (turns.isNegative() || sessions.isNegative() || events < 0) {
			throw new IllegalArgumentException(
					"Keeping turns for %s, sessions for %s and %d events is not possible: none may be negative"
						.formatted(turns, sessions, events));
		}
	}

	/**
	 * The time before which turns that ended, and events that were shown, are deleted.
	 * @param now the time
	 * @return the time, or {@code null} if none is deleted
	 */
	public @Nullable Instant turnsBefore(Instant now) {
		return before(now, this.turns);
	}

	/**
	 * The time before which sessions that were written last are deleted.
	 * @param now the time
	 * @return the time, or {@code null} if none is deleted
	 */
	public @Nullable Instant sessionsBefore(Instant now) {
		return before(now, this.sessions);
	}

	private static @Nullable Instant before(Instant now, Duration age) {
		return age.isZero() ? null : now.minus(age);
	}

}
