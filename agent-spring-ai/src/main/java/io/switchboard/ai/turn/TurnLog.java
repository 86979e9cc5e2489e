package io.switchboard.ai.turn;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Writes what happens in one turn to the journal, one step after the other. It outlives
 * the lives that lead the turn: what one has handed over and did not see the end of, the
 * next waits for.
 */
final class TurnLog {

	private final JournalWriter writer;

	private final String turn;

	private final Deque<JournalEntry.Step> unwritten = new ArrayDeque<>();

	private int steps;

	private @Nullable Mono<Void> underWay;

	/**
	 * Whether the first of what is not written may be there all the same.
	 */
	private boolean unsure;

	/**
	 * Go on with a turn.
	 * @param writer writes the session
	 * @param turn the turn's id
	 * @param steps the number of the last step that is there
	 */
	TurnLog(JournalWriter writer, String turn, int steps) {
		this.writer = writer;
		this.turn = turn;
		this.steps = steps;
	}

	/**
	 * Add a step, to be written in this order.
	 * @param input what happened
	 * @param at when
	 */
	synchronized void add(TurnInput input, Instant at) {
		this.unwritten.add(TurnInputJson.write(this.turn, this.steps + 1, input, at));
		this.steps++;
	}

	/**
	 * Wait until all that was added is written. Where the journal is away or full, this
	 * waits until it is not.
	 * @param clock where to wait
	 * @return completes on a thread of the journal or of the clock; fails with a
	 * {@link io.switchboard.journal.StaleWriterException} if somebody else leads the
	 * session, and with an {@link UnreadableSessionException} if the journal knows
	 * something else
	 */
	Mono<Void> written(Scheduler clock) {
		return Mono.defer(this::writeNext)
			.repeat(this::isUnwritten)
			.then()
			.retryWhen(JournalPatience.on(clock))
			.onErrorMap(JournalConflictException.class, this::contradicted);
	}

	private synchronized boolean isUnwritten() {
		return !this.unwritten.isEmpty();
	}

	private synchronized Mono<Void> writeNext() {
		JournalEntry.Step step = this.unwritten.peek();
		if (step == null) {
			return Mono.empty();
		}
		if (this.underWay == null) {
			this.underWay = this.writer.write(step)
				.onErrorResume(JournalConflictException.class, this::isThere)
				.doOnSuccess((done) -> kept())
				.doOnError(this::failed)
				.cache();
		}
		return this.underWay;
	}

	private synchronized Mono<Void> isThere(JournalConflictException ex) {
		return this.unsure ? Mono.empty() : Mono.error(ex);
	}

	private synchronized void kept() {
		this.unwritten.remove();
		this.unsure = false;
		this.underWay = null;
	}

	private synchronized void failed(Throwable ex) {
		this.unsure |= JournalPatience.isAway(ex);
		this.underWay = null;
	}

	private UnreadableSessionException contradicted(JournalConflictException ex) {
		return new UnreadableSessionException(this.writer.session().path(),
				"a step of turn '%s' could not be written (%s)".formatted(this.turn, ex.getMessage()), ex);
	}

}
