package io.switchboard.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A journal that lives as long as the process: sessions survive their agents, not the
 * machine.
 * <p>
 * Answers come at once, on the caller's thread; only those that write to the same session
 * wait for each other.
 * <p>
 * It is bounded. Turns that have ended are forgotten with their events, the first to end
 * first: after a time, and before that if there is too much. Of a turn that runs only the
 * newest events are kept if they are many. What is open, conversations and steps are kept
 * until their turn or session ends, and sessions themselves until they are deleted or
 * {@link #trim trimmed}.
 *
 * @since 0.1.0
 */
public final class InMemoryJournal implements Journal {

	/** How long turns are known after their end, unless told otherwise. */
	public static final Duration DEFAULT_TURNS = Duration.ofMinutes(10);

	/** How many characters of all turns are kept, unless told otherwise. */
	public static final long DEFAULT_MAX_SIZE = 32 * 1024 * 1024;

	/** How many characters of one turn are kept, unless told otherwise. */
	public static final long DEFAULT_MAX_TURN_SIZE = 256 * 1024;

	private final ConcurrentMap<AgentPath, InMemorySession> sessions = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, InMemorySession.Owner> keys = new ConcurrentHashMap<>();

	private final AtomicLong epochs = new AtomicLong();

	/** The turns that have ended, the first to end first. */
	private final Queue<Over> over = new ConcurrentLinkedQueue<>();

	private final AtomicLong size = new AtomicLong();

	private final Lock forgetting = new ReentrantLock();

	private final Duration turns;

	private final long maxSize;

	private final long maxTurnSize;

	/**
	 * Make an empty journal with bounds that suit most.
	 */
	public InMemoryJournal() {
		this(DEFAULT_TURNS, DEFAULT_MAX_SIZE, DEFAULT_MAX_TURN_SIZE);
	}

	/**
	 * Make an empty journal.
	 * @param turns how long a turn is known after its end; zero for as long as there is
	 * room
	 * @param maxSize how many characters are kept of all turns together, those that run
	 * included
	 * @param maxTurnSize how many characters are kept of one turn; its newest event
	 * always is
	 * @throws IllegalArgumentException if one of them is impossible
	 */
	public InMemoryJournal(Duration turns, long maxSize, long maxTurnSize) {
		this.turns = Objects.requireNonNull(turns, "'turns' must not be null");
		this.maxSize = maxSize;
		this.maxTurnSize = maxTurnSize;
		if (turns.isNegative() || maxSize < 1 || maxTurnSize < 1) {
			throw new IllegalArgumentException(
					"A journal that keeps turns for %s, %d characters of all and %d of one is not possible: no time may be negative, and sizes are at least 1"
						.formatted(turns, maxSize, maxTurnSize));
		}
	}

	@Override
	public boolean isDurable() {
		return false;
	}

	@Override
	public Mono<JournalSession> open(AgentPath session, String definition) {
		Objects.requireNonNull(session, "'session' must not be null");
		Objects.requireNonNull(definition, "'definition' must not be null");
		return Mono.fromCallable(() -> {
			JournalSession opened;
			do {
				opened = tryOpen(session, definition);
			}
			while (opened == null);
			return opened;
		});
	}

	/**
	 * Open a session unless it is deleted meanwhile.
	 */
	private @Nullable JournalSession tryOpen(AgentPath session, String definition) {
		InMemorySession known = this.sessions.computeIfAbsent(session,
				(path) -> new InMemorySession(path, definition, this.keys));
		synchronized (known) {
			return known.isDeleted() ? null : known.open(this.epochs.incrementAndGet());
		}
	}

	@Override
	public Mono<JournalSession> find(AgentPath session) {
		return read(session, InMemorySession::describe);
	}

	@Override
	public CompletableFuture<Void> write(JournalWrite write) {
		try {
			InMemorySession session = this.sessions.get(write.session());
			if (session == null) {
				throw new StaleWriterException(write.session(), write.epoch(), 0);
			}
			Instant ended = write(session, write);
			if (ended != null || this.size.get() > this.maxSize) {
				forget(ended);
			}
			return CompletableFuture.completedFuture(null);
		}
		catch (JournalException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Keep a write.
	 * @return when the last turn of it ended, or {@code null} if none did
	 */
	private @Nullable Instant write(InMemorySession session, JournalWrite write) {
		Instant ended = null;
		synchronized (session) {
			long before = session.size();
			if (!session.write(write)) {
				return null;
			}
			session.bound(InMemorySession.turnsOf(write), this.maxTurnSize);
			this.size.addAndGet(session.size() - before);
			for (JournalEntry entry : write.entries()) {
				if (entry instanceof JournalEntry.Ended end) {
					this.over.add(new Over(session, end.turn(), end.at()));
					ended = end.at();
				}
			}
		}
		return ended;
	}

	/**
	 * Forget the turns that ended too long ago, and more if there is too much. One thread
	 * at a time is enough.
	 */
	private void forget(@Nullable Instant now) {
		if (!this.forgetting.tryLock()) {
			return;
		}
		try {
			Instant before = (now != null && !this.turns.isZero()) ? now.minus(this.turns) : Instant.MIN;
			Over first = this.over.peek();
			while (first != null && (first.at().isBefore(before) || this.size.get() > this.maxSize)) {
				this.over.remove();
				drop(first);
				first = this.over.peek();
			}
		}
		finally {
			this.forgetting.unlock();
		}
	}

	private int drop(Over over) {
		return change(over.session(), (session) -> session.dropTurn(over.turn()));
	}

	private int change(InMemorySession session, Function<InMemorySession, Integer> change) {
		synchronized (session) {
			long before = session.size();
			int dropped = change.apply(session);
			this.size.addAndGet(session.size() - before);
			return dropped;
		}
	}

	@Override
	public Mono<JournalTurn> turn(AgentPath session, String turn) {
		return read(session, (known) -> known.turn(turn));
	}

	@Override
	public Mono<JournalTurn> turnOf(String key) {
		return Mono.defer(() -> {
			InMemorySession.Owner owner = this.keys.get(key);
			if (owner == null) {
				return Mono.empty();
			}
			synchronized (owner.session()) {
				return Mono.justOrEmpty(owner.session().turn(owner.turn()));
			}
		});
	}

	@Override
	public Flux<JournalTurn> openTurns() {
		return Flux.defer(() -> Flux.fromIterable(this.sessions.values())).concatMapIterable((session) -> {
			synchronized (session) {
				return session.openTurns();
			}
		});
	}

	@Override
	public Flux<JournalEntry.Step> steps(AgentPath session, String turn) {
		return readAll(session, (known) -> List.copyOf(known.steps(turn).values()));
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, long after) {
		return readAll(session, (known) -> known.events(after));
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, String turn) {
		return events(session, 0).filter((event) -> turn.equals(event.turn()));
	}

	@Override
	public Mono<JournalEntry.Conversation> conversation(AgentPath session) {
		return read(session, InMemorySession::conversation);
	}

	@Override
	public Mono<Void> delete(AgentPath session) {
		return Mono.fromRunnable(() -> {
			InMemorySession known = this.sessions.get(session);
			if (known != null) {
				change(known, this::delete);
			}
		});
	}

	private int delete(InMemorySession session) {
		session.delete();
		this.sessions.remove(session.describe().path(), session);
		return 0;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A session counts as unused since it was first found so here.
	 */
	@Override
	public Mono<JournalTrimmed> trim(JournalRetention retention, Instant now) {
		return Mono.fromCallable(() -> {
			Trim trim = new Trim(retention, now);
			this.over.removeIf(trim::turn);
			this.sessions.values().forEach(trim::session);
			return new JournalTrimmed(trim.events, trim.turns, trim.sessions, false);
		});
	}

	private <T> Mono<T> read(AgentPath session, Function<InMemorySession, @Nullable T> reading) {
		return Mono.defer(() -> {
			InMemorySession known = this.sessions.get(session);
			if (known == null) {
				return Mono.empty();
			}
			synchronized (known) {
				return Mono.justOrEmpty(Optional.ofNullable(reading.apply(known)));
			}
		});
	}

	private <T> Flux<T> readAll(AgentPath session, Function<InMemorySession, Collection<T>> reading) {
		return read(session, (known) -> reading.apply(known)).flatMapIterable((all) -> all);
	}

	/**
	 * A turn that has ended.
	 *
	 * @param session its session
	 * @param turn its id
	 * @param at when it ended
	 */
	private record Over(InMemorySession session, String turn, Instant at) {

	}

	/**
	 * Deletes what need not be kept any longer.
	 */
	private final class Trim {

		private final JournalRetention retention;

		private final Instant now;

		private final Set<AgentPath> sessions = new HashSet<>();

		private int events;

		private int turns;

		Trim(JournalRetention retention, Instant now) {
			this.retention = retention;
			this.now = now;
		}

		boolean turn(Over over) {
			Instant before = this.retention.turnsBefore(this.now);
			if (before == null || !over.at().isBefore(before)) {
				return false;
			}
			this.events += drop(over);
			this.turns++;
			return true;
		}

		void session(InMemorySession session) {
			this.events += change(session, this::events);
			change(session, this::unused);
		}

		private int events(InMemorySession session) {
			Instant before = this.retention.turnsBefore(this.now);
			int dropped = (before != null) ? session.dropEventsBefore(before) : 0;
			int most = this.retention.events();
			return (most > 0) ? dropped + session.dropEventsBeyond(most) : dropped;
		}

		private int unused(InMemorySession session) {
			Instant before = this.retention.sessionsBefore(this.now);
			if (before != null && session.isUnused(this.now, before)) {
				this.sessions.add(session.describe().path());
				return delete(session);
			}
			return 0;
		}

	}

}
