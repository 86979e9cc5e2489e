package io.switchboard.autoconfigure.web;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.StaleWriterException;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuples;
import reactor.util.retry.Retry;

/**
 * Keeps that a message was accepted, and knows whether it may have been kept if that
 * failed.
 */
final class Acceptance {

	private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);

	private final SessionFeed feed;

	private final Retry whileAway;

	private final Mono<List<JournalEntry>> entries;

	private volatile boolean claimed;

	/**
	 * Make an acceptance.
	 * @param feed the session
	 * @param whileAway how often to try to take the session over
	 * @param entries the message, and what has to be kept with it; asked for when the
	 * session was taken over, as it may have been deleted or claimed until then
	 */
	Acceptance(SessionFeed feed, Retry whileAway, Mono<List<JournalEntry>> entries) {
		this.feed = feed;
		this.whileAway = whileAway;
		this.entries = entries;
	}

	/**
	 * Keep it.
	 * @return completes when the message is kept; fails with a {@link ProblemException}
	 * if the session takes none, or as the journal does
	 */
	Mono<Void> write() {
		return this.feed.open()
			.flatMap((writer) -> this.entries.map((known) -> Tuples.of(writer, known)))
			.retryWhen(this.whileAway)
			.flatMap((opened) -> write(opened.getT1(), opened.getT2()));
	}

	private Mono<Void> write(JournalWriter writer, List<JournalEntry> known) {
		String quarantine = this.feed.quarantine();
		if (quarantine != null) {
			return Mono.error(Turns.quarantined(quarantine));
		}
		this.claimed = known.stream().anyMatch(JournalEntry.Owned.class::isInstance);
		return this.state.compareAndSet(State.OPENING, State.HANDED) ? writer.write(known.toArray(JournalEntry[]::new))
				: Mono.never();
	}

	/**
	 * Whether the session becomes somebody's with it.
	 * @return {@code true} if so
	 */
	boolean isClaim() {
		return this.claimed;
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
