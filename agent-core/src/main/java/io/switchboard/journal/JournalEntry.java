package io.switchboard.journal;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One thing the journal keeps. Contents are text, JSON as a rule; the journal does not
 * look into it.
 *
 * @since 0.1.0
 */
public sealed interface JournalEntry {

	/**
	 * A message was accepted: it will be answered, whatever happens.
	 *
	 * @param turn the id of the turn that answers it, new in the session
	 * @param message what was asked for
	 * @param key another name of the turn, new in the whole journal, or {@code null}
	 * @param at when
	 */
	record Accepted(String turn, String message, @Nullable String key, Instant at) implements JournalEntry {

		/**
		 * Keep what is accepted.
		 * @param turn the turn's id
		 * @param message what was asked for
		 * @param key another name of the turn, or {@code null}
		 * @param at when
		 */
		public Accepted {
			Objects.requireNonNull(turn, "'turn' must not be null");
			Objects.requireNonNull(message, "'message' must not be null");
			Objects.requireNonNull(at, "'at' must not be null");
		}

	}

	/**
	 * Something happened in a turn.
	 *
	 * @param turn the turn's id; the turn need not have been accepted
	 * @param step its number in the turn, which nothing else had, from 1
	 * @param kind what it is
	 * @param content its result
	 * @param at when
	 */
	record Step(String turn, int step, String kind, String content, Instant at) implements JournalEntry {

		/**
		 * Keep a step.
		 * @param turn the turn's id
		 * @param step its number in the turn
		 * @param kind what it is
		 * @param content its result
		 * @param at when
		 * @throws IllegalArgumentException if the number is not positive
		 */
		public Step {
			Objects.requireNonNull(turn, "'turn' must not be null");
			Objects.requireNonNull(kind, "'kind' must not be null");
			Objects.requireNonNull(content, "'content' must not be null");
			Objects.requireNonNull(at, "'at' must not be null");
			if (step < 1) {
				throw new IllegalArgumentException(
						"Step %d of turn '%s' is not possible: steps are numbered from 1".formatted(step, turn));
			}
		}

	}

	/**
	 * Clients were shown something.
	 *
	 * @param id its number in the session, one more than that of the event before
	 * @param turn the turn it belongs to, or {@code null} if it belongs to none
	 * @param type what it is
	 * @param content its data
	 * @param at when
	 */
	record Event(long id, @Nullable String turn, String type, String content, Instant at) implements JournalEntry {

		/**
		 * Keep an event.
		 * @param id its number in the session
		 * @param turn the turn it belongs to, or {@code null}
		 * @param type what it is
		 * @param content its data
		 * @param at when
		 * @throws IllegalArgumentException if the number is not positive
		 */
		public Event {
			Objects.requireNonNull(type, "'type' must not be null");
			Objects.requireNonNull(content, "'content' must not be null");
			Objects.requireNonNull(at, "'at' must not be null");
			if (id < 1) {
				throw new IllegalArgumentException(
						"Event %d of type '%s' is not possible: events are numbered from 1".formatted(id, type));
			}
		}

	}

	/**
	 * What was said in the session, instead of what was kept before.
	 *
	 * @param turn the turn that was completed last
	 * @param content all that was said
	 */
	record Conversation(String turn, String content) implements JournalEntry {

		/**
		 * Keep a conversation.
		 * @param turn the turn that was completed last
		 * @param content all that was said
		 */
		public Conversation {
			Objects.requireNonNull(turn, "'turn' must not be null");
			Objects.requireNonNull(content, "'content' must not be null");
		}

	}

	/**
	 * The session belongs to somebody, until it is deleted. A second owner contradicts
	 * the first.
	 *
	 * @param owner whose it is, as the application calls people
	 */
	record Owned(String owner) implements JournalEntry {

		/**
		 * Keep whose the session is.
		 * @param owner whose it is
		 */
		public Owned {
			Objects.requireNonNull(owner, "'owner' must not be null");
		}

	}

	/**
	 * The session cannot go on: what is stored does not fit the program, or it has failed
	 * too often. It stays as it is until it is deleted.
	 *
	 * @param reason why, for people; a later one replaces it
	 */
	record Quarantined(String reason) implements JournalEntry {

		/**
		 * Keep why a session cannot go on.
		 * @param reason why
		 */
		public Quarantined {
			Objects.requireNonNull(reason, "'reason' must not be null");
		}

	}

	/**
	 * A turn is over. Its steps are not needed any more.
	 *
	 * @param turn the turn's id
	 * @param outcome how it ended, in a word
	 * @param at when
	 */
	record Ended(String turn, String outcome, Instant at) implements JournalEntry {

		/**
		 * The outcome of a turn that nobody took. Its key is free again, as nothing was
		 * done.
		 */
		public static final String REFUSED = "refused";

		/**
		 * Keep the end of a turn.
		 * @param turn the turn's id
		 * @param outcome how it ended
		 * @param at when
		 */
		public Ended {
			Objects.requireNonNull(turn, "'turn' must not be null");
			Objects.requireNonNull(outcome, "'outcome' must not be null");
			Objects.requireNonNull(at, "'at' must not be null");
		}

		/**
		 * Whether nobody took the turn.
		 * @return {@code true} if so
		 */
		public boolean isRefused() {
			return REFUSED.equals(this.outcome);
		}

	}

}
