package io.switchboard.autoconfigure.web;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.StaleWriterException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Keeps that a message was accepted, and knows whether it may have been kept if that
 * failed.
 */
final class Acceptance {

	private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);

	private final SessionFeed feed;

	private final Retry whileAway;

	private final JournalEntry[] entries;

	/**
	 * Make an acceptance.
	 * @param feed the session
	 * @param whileAway how often to try to take the session over
	 * @param entries the message, and what has to be kept with it
	 */
	Acceptance(SessionFeed feed, Retry whileAway, List<JournalEntry> entries) {
		this.feed = feed;
		this.whileAway = whileAway;
		this.entries = entries.toArray(JournalEntry[]::new);
	}

	/**
	 * Keep it.
	 * @return completes when the message is kept; fails with a {@link ProblemException}
	 * if the session takes none, or as the journal does
	 */
	Mono<Void> write() {
		return this.feed.open().retryWhen(this.whileAway).flatMap(this::write);
	}

	private Mono<Void> write(JournalWriter writer) {
		String quarantine = this.feed.quarantine();
		if (quarantine != null) {
			return Mono.error(Turns.quarantined(quarantine));
		}
		return this.state.compareAndSet(State.OPENING, State.HANDED) ? writer.write(this.entries) : Mono.never();
	}

	/**
	 * Give it up.
	 * @param failure why
	 * @return whether the message may have been kept, or will be
	 */
	boolean giveUp(Throwable failure) {
		boolean handed = !this.state.compareAndSet(State.OPENING, State.GIVEN_UP);
		return handed && !(failure instanceof JournalConflictException) && !(failure instanceof StaleWriterException);
	}

	private enum State {

		OPENING, HANDED, GIVEN_UP

	}

}
