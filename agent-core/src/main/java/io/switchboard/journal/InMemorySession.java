package io.switchboard.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a session. Its methods are called by one thread at a time, which
 * holds its monitor.
 */
final class InMemorySession {

	/** Events that belong to no turn. */
	private static final String NO_TURN = "";

	private final AgentPath path;

	private final String definition;

	/** The turns of all keys, of all sessions. */
	private final ConcurrentMap<String, Owner> keys;

	private @Nullable Content content;

	private JournalEntry.@Nullable Conversation conversation;

	private @Nullable String quarantine;

	private @Nullable String owner;

	private long epoch;

	private long lastWrite;

	private long lastEvent;

	/** When it was found to be unused, absent if it was used since somebody looked. */
	private @Nullable Instant unusedSince;

	private boolean deleted;

	InMemorySession(AgentPath path, String definition, ConcurrentMap<String, Owner> keys) {
		this.path = path;
		this.definition = definition;
		this.keys = keys;
	}

	JournalSession open(long newEpoch) {
		this.epoch = newEpoch;
		this.lastWrite = 0;
		this.unusedSince = null;
		return describe();
	}

	JournalSession describe() {
		return new JournalSession(this.path, this.epoch, this.definition, this.lastEvent, this.quarantine, this.owner);
	}

	boolean isDeleted() {
		return this.deleted;
	}

	/**
	 * Keep a write.
	 * @param write the write
	 * @return whether it was kept now, and not before
	 * @throws JournalException if it is refused
	 */
	boolean write(JournalWrite write) {
		if (this.deleted || this.epoch != write.epoch()) {
			throw new StaleWriterException(this.path, write.epoch(), this.deleted ? 0 : this.epoch);
		}
		if (write.number() <= this.lastWrite) {
			return false;
		}
		check(write);
		write.entries().forEach(this::keep);
		this.lastWrite = write.number();
		this.unusedSince = null;
		return true;
	}

	private void check(JournalWrite write) {
		for (JournalEntry entry : write.entries()) {
			if (entry instanceof JournalEntry.Accepted accepted && turn(accepted.turn()) != null) {
				throw conflict("turn '%s'".formatted(accepted.turn()));
			}
			if (entry instanceof JournalEntry.Step step && steps(step.turn()).containsKey(step.step())) {
				throw conflict("step %d of turn '%s'".formatted(step.step(), step.turn()));
			}
			if (entry instanceof JournalEntry.Event event && isKept(event.id())) {
				throw conflict("event %d".formatted(event.id()));
			}
			if (entry instanceof JournalEntry.Owned && this.owner != null) {
				throw conflict("an owner");
			}
		}
		claimKeys(write);
	}

	private void claimKeys(JournalWrite write) {
		List<String> claimed = new ArrayList<>();
		for (JournalEntry entry : write.entries()) {
			if (entry instanceof JournalEntry.Accepted accepted && accepted.key() != null) {
				if (this.keys.putIfAbsent(accepted.key(), new Owner(this, accepted.turn())) != null) {
					claimed.forEach(this.keys::remove);
					throw conflict("the key of turn '%s'".formatted(accepted.turn()));
				}
				claimed.add(accepted.key());
			}
		}
	}

	private JournalConflictException conflict(String what) {
		return new JournalConflictException(this.path, "%s is there already".formatted(what), null);
	}

	private void keep(JournalEntry entry) {
		if (entry instanceof JournalEntry.Accepted accepted) {
			content().become(new JournalTurn(this.path, accepted.turn(), accepted.message(), accepted.key(),
					accepted.at(), null));
		}
		else if (entry instanceof JournalEntry.Step step) {
			content().steps.computeIfAbsent(step.turn(), (turn) -> new TreeMap<>()).put(step.step(), step);
		}
		else if (entry instanceof JournalEntry.Event event) {
			content().add(event);
			this.lastEvent = Math.max(this.lastEvent, event.id());
		}
		else if (entry instanceof JournalEntry.Conversation said) {
			this.conversation = said;
		}
		else if (entry instanceof JournalEntry.Quarantined quarantined) {
			this.quarantine = quarantined.reason();
		}
		else if (entry instanceof JournalEntry.Owned owned) {
			this.owner = owned.owner();
		}
		else if (entry instanceof JournalEntry.Ended ended) {
			end(ended);
		}
	}

	private void end(JournalEntry.Ended ended) {
		if (this.content == null) {
			return;
		}
		this.content.steps.remove(ended.turn());
		JournalTurn open = turn(ended.turn());
		if (open != null) {
			boolean freed = ended.isRefused() && open.key() != null;
			this.content.become(new JournalTurn(open.session(), open.turn(), open.message(), freed ? null : open.key(),
					open.acceptedAt(), ended.outcome()));
			if (freed) {
				this.keys.remove(open.key());
			}
		}
		shrink();
	}

	private Content content() {
		if (this.content == null) {
			this.content = new Content();
		}
		return this.content;
	}

	/**
	 * An idle session keeps nothing but what it is.
	 */
	private void shrink() {
		if (this.content != null && this.content.isEmpty()) {
			this.content = null;
		}
	}

	@Nullable JournalTurn turn(String id) {
		InMemoryTurn known = (this.content != null) ? this.content.turns.get(id) : null;
		return (known != null) ? known.turn() : null;
	}

	List<JournalTurn> openTurns() {
		List<JournalTurn> open = new ArrayList<>();
		if (this.content != null) {
			for (InMemoryTurn known : this.content.turns.values()) {
				JournalTurn turn = known.turn();
				if (turn != null && turn.isOpen()) {
					open.add(turn);
				}
			}
		}
		return open;
	}

	SortedMap<Integer, JournalEntry.Step> steps(String turn) {
		SortedMap<Integer, JournalEntry.Step> steps = (this.content != null) ? this.content.steps.get(turn) : null;
		return (steps != null) ? steps : new TreeMap<>();
	}

	List<JournalEntry.Event> events(long after) {
		return (this.content != null) ? List.copyOf(this.content.events.tailMap(after, false).values()) : List.of();
	}

	private boolean isKept(long event) {
		return this.content != null && this.content.events.containsKey(event);
	}

	JournalEntry.@Nullable Conversation conversation() {
		return this.conversation;
	}

	/**
	 * How much is kept of all turns.
	 * @return the characters
	 */
	long size() {
		return (this.content != null) ? this.content.size : 0;
	}

	/**
	 * Drop the oldest events of turns of which there is too much.
	 * @param turns the turns
	 * @param most how many characters of each may be kept; the newest event always is
	 */
	void bound(Set<String> turns, long most) {
		if (this.content == null) {
			return;
		}
		for (String id : turns) {
			InMemoryTurn turn = this.content.turns.get(id);
			while (turn != null && turn.size() > most && turn.events().size() > 1) {
				this.content.dropOldest(turn);
			}
		}
	}

	/**
	 * The turns of which clients are shown something.
	 * @param write the write that says so
	 * @return their ids
	 */
	static Set<String> turnsOf(JournalWrite write) {
		Set<String> turns = new HashSet<>();
		for (JournalEntry entry : write.entries()) {
			if (entry instanceof JournalEntry.Event event) {
				turns.add(idOfTurn(event));
			}
		}
		return turns;
	}

	private static String idOfTurn(JournalEntry.Event event) {
		return Objects.requireNonNullElse(event.turn(), NO_TURN);
	}

	/**
	 * Forget a turn that has ended, and its events.
	 * @param id the turn's id
	 * @return how many events went with it
	 */
	int dropTurn(String id) {
		InMemoryTurn turn = (this.content != null) ? this.content.turns.get(id) : null;
		if (this.content == null || turn == null || turn.isOpen()) {
			return 0;
		}
		this.content.drop(id);
		JournalTurn over = turn.turn();
		if (over != null && over.key() != null) {
			this.keys.remove(over.key());
		}
		shrink();
		return turn.events().size();
	}

	/**
	 * Drop events that are too old, but none of an open turn.
	 * @param time when they were shown at least
	 * @return how many
	 */
	int dropEventsBefore(Instant time) {
		int dropped = 0;
		if (this.content == null) {
			return dropped;
		}
		for (InMemoryTurn turn : this.content.turns.values()) {
			while (!turn.isOpen() && turn.beginsBefore(time)) {
				this.content.dropOldest(turn);
				dropped++;
			}
		}
		this.content.dropEmpty();
		shrink();
		return dropped;
	}

	/**
	 * Drop the oldest events if there are too many.
	 * @param most how many may be kept
	 * @return how many were dropped
	 */
	int dropEventsBeyond(int most) {
		int dropped = 0;
		while (this.content != null && this.content.events.size() > most) {
			JournalEntry.Event oldest = this.content.events.firstEntry().getValue();
			this.content.dropOldest(this.content.turn(idOfTurn(oldest)));
			dropped++;
		}
		return dropped;
	}

	/**
	 * Look whether the session was used since somebody looked last.
	 * @param now the time
	 * @param before the time since which it may not have been used
	 * @return whether it was not, and nothing in it is open
	 */
	boolean isUnused(Instant now, Instant before) {
		if (!openTurns().isEmpty()) {
			return false;
		}
		if (this.unusedSince == null) {
			this.unusedSince = now;
		}
		return this.unusedSince.isBefore(before);
	}

	void delete() {
		this.deleted = true;
		if (this.content != null) {
			this.content.turns.keySet().forEach((turn) -> {
				JournalTurn known = turn(turn);
				if (known != null && known.key() != null) {
					this.keys.remove(known.key());
				}
			});
		}
		this.content = null;
		this.conversation = null;
	}

	/**
	 * Whose key it is.
	 *
	 * @param session the session
	 * @param turn the turn's id
	 */
	record Owner(InMemorySession session, String turn) {

	}

	/**
	 * What a session has that is in use, or was lately.
	 */
	private static final class Content {

		private final Map<String, InMemoryTurn> turns = new LinkedHashMap<>();

		private final Map<String, SortedMap<Integer, JournalEntry.Step>> steps = new HashMap<>();

		private final NavigableMap<Long, JournalEntry.Event> events = new TreeMap<>();

		/** What all turns take, in characters. */
		private long size;

		InMemoryTurn turn(String id) {
			return this.turns.computeIfAbsent(id, (absent) -> {
				InMemoryTurn turn = new InMemoryTurn();
				this.size += turn.size();
				return turn;
			});
		}

		void become(JournalTurn changed) {
			InMemoryTurn turn = turn(changed.turn());
			this.size -= turn.size();
			turn.become(changed);
			this.size += turn.size();
		}

		void add(JournalEntry.Event event) {
			turn(idOfTurn(event)).add(event);
			this.events.put(event.id(), event);
			this.size += event.content().length();
		}

		void dropOldest(InMemoryTurn turn) {
			this.size -= turn.size();
			this.events.remove(turn.dropOldest().id());
			this.size += turn.size();
		}

		void drop(String id) {
			InMemoryTurn turn = this.turns.remove(id);
			if (turn != null) {
				this.size -= turn.size();
				turn.events().forEach((event) -> this.events.remove(event.id()));
			}
		}

		/** Turns that were never accepted end with their last event. */
		void dropEmpty() {
			List<String> empty = this.turns.entrySet()
				.stream()
				.filter((turn) -> turn.getValue().turn() == null && turn.getValue().events().isEmpty())
				.map(Map.Entry::getKey)
				.toList();
			empty.forEach(this::drop);
		}

		boolean isEmpty() {
			return this.turns.isEmpty() && this.steps.isEmpty() && this.events.isEmpty();
		}

	}

}
