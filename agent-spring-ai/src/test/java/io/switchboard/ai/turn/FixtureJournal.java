package io.switchboard.ai.turn;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.switchboard.AgentPath;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalException;
import io.switchboard.journal.JournalRetention;
import io.switchboard.journal.JournalSession;
import io.switchboard.journal.JournalTrimmed;
import io.switchboard.journal.JournalTurn;
import io.switchboard.journal.JournalWrite;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The journal as one process sees it that may be killed at any write. What is kept
 * outlives it.
 */
public final class FixtureJournal implements Journal {

	private final InMemoryJournal kept;

	private final Deque<Runnable> held = new ArrayDeque<>();

	private final Deque<JournalException> failures = new ArrayDeque<>();

	private final List<String> kinds = new ArrayList<>();

	private int room = Integer.MAX_VALUE;

	private boolean lastIsKept;

	private boolean holds;

	private boolean keepsFailures;

	public FixtureJournal(InMemoryJournal kept) {
		this.kept = kept;
	}

	/**
	 * Let the process be killed.
	 * @param write at which write, from one on
	 * @param isKept whether that write is kept, though nobody is told
	 * @return this journal
	 */
	FixtureJournal killedAt(int write, boolean isKept) {
		this.room = write - 1;
		this.lastIsKept = isKept;
		return this;
	}

	/**
	 * Whether the process was killed.
	 */
	boolean isKilled() {
		return this.room < 0;
	}

	/**
	 * Keep nothing until it is {@linkplain #release released}.
	 */
	FixtureJournal holding() {
		this.holds = true;
		return this;
	}

	boolean isHolding() {
		return !this.held.isEmpty();
	}

	void release() {
		this.held.remove().run();
	}

	/**
	 * Let the next write fail.
	 * @param ex with what
	 * @param isKept whether it is kept all the same
	 */
	FixtureJournal failing(JournalException ex, boolean isKept) {
		this.failures.add(ex);
		this.keepsFailures = isKept;
		return this;
	}

	/**
	 * What was written, in words.
	 */
	List<String> kinds() {
		return this.kinds;
	}

	@Override
	public boolean isDurable() {
		return true;
	}

	@Override
	public CompletableFuture<Void> write(JournalWrite write) {
		if (this.room <= 0) {
			if (this.room == 0 && this.lastIsKept) {
				keep(write);
			}
			this.room = -1;
			return new CompletableFuture<>();
		}
		this.room--;
		JournalException failure = this.failures.poll();
		if (failure != null) {
			if (this.keepsFailures) {
				keep(write);
			}
			return CompletableFuture.failedFuture(failure);
		}
		if (!this.holds) {
			return keep(write);
		}
		CompletableFuture<Void> later = new CompletableFuture<>();
		this.held.add(() -> keep(write).whenComplete((done, ex) -> {
			if (ex != null) {
				later.completeExceptionally(ex);
			}
			else {
				later.complete(null);
			}
		}));
		return later;
	}

	private CompletableFuture<Void> keep(JournalWrite write) {
		for (JournalEntry entry : write.entries()) {
			this.kinds.add((entry instanceof JournalEntry.Step step) ? step.kind() : entry.getClass().getSimpleName());
		}
		return this.kept.write(write);
	}

	@Override
	public Mono<JournalSession> open(AgentPath session, String definition) {
		return this.kept.open(session, definition);
	}

	@Override
	public Mono<JournalSession> find(AgentPath session) {
		return this.kept.find(session);
	}

	@Override
	public Mono<JournalTurn> turn(AgentPath session, String turn) {
		return this.kept.turn(session, turn);
	}

	@Override
	public Mono<JournalTurn> turnOf(String key) {
		return this.kept.turnOf(key);
	}

	@Override
	public Flux<JournalTurn> openTurns() {
		return this.kept.openTurns();
	}

	@Override
	public Flux<JournalEntry.Step> steps(AgentPath session, String turn) {
		return this.kept.steps(session, turn);
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, long after) {
		return this.kept.events(session, after);
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, String turn) {
		return this.kept.events(session, turn);
	}

	@Override
	public Mono<JournalEntry.Conversation> conversation(AgentPath session) {
		return this.kept.conversation(session);
	}

	@Override
	public Mono<Void> delete(AgentPath session) {
		return this.kept.delete(session);
	}

	@Override
	public Mono<JournalTrimmed> trim(JournalRetention retention, Instant now) {
		return this.kept.trim(retention, now);
	}

}
