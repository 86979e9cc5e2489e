package io.switchboard.journal;

import java.time.Duration;

/**
 * The journal in memory keeps to what every journal does.
 */
class InMemoryJournalTests implements JournalContract {

	/** Forgets nothing on its own. */
	private final Journal journal = new InMemoryJournal(Duration.ZERO, Long.MAX_VALUE, Long.MAX_VALUE);

	@Override
	public Journal journal() {
		return this.journal;
	}

}
