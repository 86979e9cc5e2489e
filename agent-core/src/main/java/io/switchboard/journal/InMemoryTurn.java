package io.switchboard.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * A turn and what clients were shown of it, or what they were shown beside all turns.
 * Guarded by its session.
 */
final class InMemoryTurn {

	/** What a turn costs beside its texts, in characters. */
	private static final int OVERHEAD = 512;

	/** Absent if the turn was not accepted. */
	private @Nullable JournalTurn turn;

	private final Deque<JournalEntry.Event> events = new ArrayDeque<>();

	private long size = OVERHEAD;

	@Nullable JournalTurn turn() {
		return this.turn;
	}

	/**
	 * Note that the turn was accepted, or has ended.
	 * @param changed the turn
	 */
	void become(JournalTurn changed) {
		this.size += changed.message().length() - ((this.turn != null) ? this.turn.message().length() : 0);
		this.turn = changed;
	}

	boolean isOpen() {
		return this.turn != null && this.turn.isOpen();
	}

	void add(JournalEntry.Event event) {
		this.events.add(event);
		this.size += event.content().length();
	}

	Deque<JournalEntry.Event> events() {
		return this.events;
	}

	/**
	 * Drop the oldest event, which has to be there.
	 * @return the event
	 */
	JournalEntry.Event dropOldest() {
		JournalEntry.Event oldest = this.events.remove();
		this.size -= oldest.content().length();
		return oldest;
	}

	/**
	 * Look whether the oldest event is too old.
	 * @param time when it was shown at least
	 * @return {@code true} if there is one, and it is
	 */
	boolean beginsBefore(Instant time) {
		JournalEntry.Event oldest = this.events.peek();
		return oldest != null && oldest.at().isBefore(time);
	}

	long size() {
		return this.size;
	}

}
