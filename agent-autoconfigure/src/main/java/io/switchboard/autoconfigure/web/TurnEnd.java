package io.switchboard.autoconfigure.web;

import io.switchboard.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ends.
 *
 * @param outcome in a word, for the journal
 * @param problem why there is no answer, or {@code null} if there is one
 */
record TurnEnd(String outcome, @Nullable ProblemException problem) {

	static TurnEnd answered() {
		return new TurnEnd("completed", null);
	}

	static TurnEnd failed(ProblemException problem) {
		return new TurnEnd("failed", problem);
	}

	static TurnEnd cancelled(ProblemException problem) {
		return new TurnEnd("cancelled", problem);
	}

	/**
	 * Nobody took the turn, so that trying again is safe.
	 * @param problem why
	 * @return the end
	 */
	static TurnEnd refused(ProblemException problem) {
		return new TurnEnd(JournalEntry.Ended.REFUSED, problem);
	}

}
