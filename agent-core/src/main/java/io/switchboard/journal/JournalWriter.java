package io.switchboard.journal;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Writes the journal of one session, for all in this process who have to: numbers the
 * writes and hands them to the store in that order.
 * <p>
 * There must be one at a time for a session; a second one ends the first, whose writes
 * then fail with a {@link StaleWriterException}. Safe to be used by many threads.
 *
 * @since 0.1.0
 */
public final class JournalWriter {

	private final Object lock = new Object();

	private final Journal journal;

	private final JournalSession session;

	private long number;

	private volatile boolean stale;

	private JournalWriter(Journal journal, JournalSession session) {
		this.journal = journal;
		this.session = session;
	}

	/**
	 * Take a session over, or begin it.
	 * @param journal where to write
	 * @param session the agent's path
	 * @param definition names the version of the agent's definition
	 * @return the writer; fails as {@link Journal#open} does
	 */
	public static Mono<JournalWriter> open(Journal journal, AgentPath session, String definition) {
		Objects.requireNonNull(journal, "'journal' must not be null");
		return journal.open(session, definition).map((opened) -> new JournalWriter(journal, opened));
	}

	/**
	 * The session as it was when this writer took it over.
	 * @return the session
	 */
	public JournalSession session() {
		return this.session;
	}

	/**
	 * Whether somebody else leads the session now.
	 * @return {@code true} once a write was refused for that
	 */
	boolean isStale() {
		return this.stale;
	}

	/**
	 * Keep entries, all or none. They are handed over on subscription, and to cancel it
	 * does not take them back.
	 * @param entries what to keep
	 * @return completes when the entries would survive, on a thread of the store; fails
	 * as {@link Journal#write} does
	 */
	public Mono<Void> write(JournalEntry... entries) {
		List<JournalEntry> kept = List.of(entries);
		return Mono.defer(() -> Mono.fromFuture(hand(kept), true));
	}

	private CompletableFuture<Void> hand(List<JournalEntry> entries) {
		synchronized (this.lock) {
			JournalWrite write = new JournalWrite(this.session.path(), this.session.epoch(), this.number + 1, entries);
			this.number++;
			// what is under way has this writer, or another would take the session over
			return this.journal.write(write).whenComplete(this::written);
		}
	}

	private void written(Void nothing, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof StaleWriterException) {
			this.stale = true;
		}
	}

}
