package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import io.switchboard.AgentPath;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalRetention;
import io.switchboard.journal.JournalSession;
import io.switchboard.journal.JournalTrimmed;
import io.switchboard.journal.JournalTurn;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWrite;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A journal that outlives the applications of a test. It answers on a thread of its own,
 * can hold writes back and can be away.
 */
final class StoredJournal implements Journal {

	private final InMemoryJournal kept = new InMemoryJournal(Duration.ZERO, Long.MAX_VALUE, Long.MAX_VALUE);

	private final Scheduler thread = Schedulers.newSingle("store", true);

	private final List<Runnable> held = new ArrayList<>();

	private final List<JournalWrite> writes = new ArrayList<>();

	private Predicate<JournalEntry> holding = (entry) -> false;

	private final Sinks.Empty<Void> holdsOne = Sinks.empty();

	private final AtomicInteger eventsRead = new AtomicInteger();

	private volatile long trimmedTo;

	private volatile boolean away;

	private final AtomicInteger toMiss = new AtomicInteger();

	private final AtomicReference<@Nullable AgentPath> toDelete = new AtomicReference<>();

	private final AtomicReference<@Nullable String> toOwn = new AtomicReference<>();

	/**
	 * Hold writes back from now on, and those behind them.
	 * @param entry which ones
	 */
	synchronized void hold(Predicate<JournalEntry> entry) {
		this.holding = entry;
	}

	/**
	 * Wait for a write that is held back.
	 * @return completes with the first
	 */
	Mono<Void> holdsOne() {
		return this.holdsOne.asMono();
	}

	synchronized boolean isHolding() {
		return !this.held.isEmpty();
	}

	void release() {
		List<Runnable> due;
		synchronized (this) {
			this.holding = (entry) -> false;
			due = List.copyOf(this.held);
			this.held.clear();
		}
		due.forEach(this.thread::schedule);
	}

	void goAway(boolean gone) {
		this.away = gone;
	}

	/**
	 * Be away for what is asked next.
	 * @param questions how many times
	 */
	void missNext(int questions) {
		this.toMiss.set(questions);
	}

	/**
	 * Delete a session at the last moment before it is opened.
	 * @param session the session
	 */
	void deleteBeforeOpen(AgentPath session) {
		this.toDelete.set(session);
	}

	/**
	 * Give a session to somebody at the last moment before something is written to it.
	 * @param owner whose it will be
	 */
	void claimBeforeWrite(String owner) {
		this.toOwn.set(owner);
	}

	/**
	 * Forget old events.
	 * @param id the first one that stays
	 */
	void trimTo(long id) {
		this.trimmedTo = id;
	}

	/**
	 * How many events readers have taken out.
	 * @return the number, those that wait for a reader included
	 */
	int eventsRead() {
		return this.eventsRead.get();
	}

	synchronized List<JournalWrite> writes() {
		return List.copyOf(this.writes);
	}

	@Override
	public boolean isDurable() {
		return true;
	}

	@Override
	public Mono<JournalSession> open(AgentPath session, String definition) {
		return answer(Mono
			.defer(() -> session.equals(this.toDelete.getAndSet(null)) ? this.kept.delete(session) : Mono.<Void>empty())
			.then(this.kept.open(session, definition)));
	}

	@Override
	public Mono<JournalSession> find(AgentPath session) {
		return answer(this.kept.find(session));
	}

	@Override
	public synchronized CompletableFuture<Void> write(JournalWrite asked) {
		JournalWrite write = owned(asked, this.toOwn.getAndSet(null));
		CompletableFuture<Void> done = new CompletableFuture<>();
		Runnable work = () -> this.kept.write(write).whenComplete((nothing, ex) -> {
			if (ex != null) {
				done.completeExceptionally(ex);
			}
			else {
				done.complete(null);
			}
		});
		if (this.away) {
			return CompletableFuture.failedFuture(new JournalUnavailableException("it is away", null));
		}
		this.writes.add(write);
		if (!this.held.isEmpty() || write.entries().stream().anyMatch(this.holding)) {
			this.held.add(work);
			this.holdsOne.tryEmitEmpty();
		}
		else {
			this.thread.schedule(work);
		}
		return done;
	}

	private static JournalWrite owned(JournalWrite write, @Nullable String owner) {
		if (owner == null) {
			return write;
		}
		List<JournalEntry> entries = new ArrayList<>(write.entries());
		entries.add(0, new JournalEntry.Owned(owner));
		return new JournalWrite(write.session(), write.epoch(), write.number(), entries);
	}

	@Override
	public Mono<JournalTurn> turn(AgentPath session, String turn) {
		return answer(this.kept.turn(session, turn));
	}

	@Override
	public Mono<JournalTurn> turnOf(String key) {
		return answer(this.kept.turnOf(key));
	}

	@Override
	public Flux<JournalTurn> openTurns() {
		return this.kept.openTurns().publishOn(this.thread);
	}

	@Override
	public Flux<JournalEntry.Step> steps(AgentPath session, String turn) {
		return this.kept.steps(session, turn).publishOn(this.thread);
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, long after) {
		return this.kept.events(session, Math.max(after, this.trimmedTo - 1))
			.doOnNext((event) -> this.eventsRead.incrementAndGet())
			.publishOn(this.thread);
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, String turn) {
		return this.kept.events(session, turn).filter((event) -> event.id() >= this.trimmedTo).publishOn(this.thread);
	}

	@Override
	public Mono<JournalEntry.Conversation> conversation(AgentPath session) {
		return answer(this.kept.conversation(session));
	}

	@Override
	public Mono<Void> delete(AgentPath session) {
		return answer(this.kept.delete(session));
	}

	@Override
	public Mono<JournalTrimmed> trim(JournalRetention retention, Instant now) {
		return answer(this.kept.trim(retention, now));
	}

	private <T> Mono<T> answer(Mono<T> kept) {
		return Mono
			.defer(() -> (this.away || this.toMiss.getAndUpdate((left) -> Math.max(0, left - 1)) > 0)
					? Mono.<T>error(new JournalUnavailableException("it is away", null)) : kept)
			.subscribeOn(this.thread);
	}

}
