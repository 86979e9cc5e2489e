package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.StaleWriterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Numbers the events of one session and writes them before anybody is told. While a write
 * is under way what comes gathers, and goes as one write: the slower the store, the more
 * it is given at once.
 * <p>
 * What is told is told in its order, on the thread of whoever adds it if the store
 * answers at once, else on the scheduler: never on a thread of the store.
 */
final class SessionLog {

	private static final Logger logger = LoggerFactory.getLogger(SessionLog.class);

	private static final Duration FIRST_DELAY = Duration.ofMillis(100);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

	private final Object lock = new Object();

	private final AtomicInteger due = new AtomicInteger();

	private final Disposable.Swap work = Disposables.swap();

	private final Mono<Opened> open;

	private final Reader reader;

	private final Scheduler scheduler;

	private List<Outgoing> waiting = new ArrayList<>(0);

	private boolean writing;

	/** Touched by whoever writes. */
	private long lastId = -1;

	/**
	 * Make a log.
	 * @param open takes the session over; subscribed for each write
	 * @param reader is told
	 * @param scheduler the clock, and where to go on
	 */
	SessionLog(Mono<Opened> open, Reader reader, Scheduler scheduler) {
		this.open = open;
		this.reader = reader;
		this.scheduler = scheduler;
	}

	/**
	 * Put in line; {@link #write} has to follow. May be called with a lock.
	 * @param outgoing what to write
	 */
	void add(Outgoing outgoing) {
		synchronized (this.lock) {
			this.waiting.add(outgoing);
		}
	}

	/**
	 * Write what is in line, if nothing is under way. To be called without a lock.
	 */
	void write() {
		if (this.due.getAndIncrement() != 0) {
			return;
		}
		int known = 1;
		do {
			List<Outgoing> batch = gather();
			if (!batch.isEmpty()) {
				attempt(new Batch(batch, instant()), null);
			}
			known = this.due.addAndGet(-known);
		}
		while (known != 0);
	}

	private List<Outgoing> gather() {
		synchronized (this.lock) {
			if (this.writing || this.waiting.isEmpty()) {
				return List.of();
			}
			this.writing = true;
			List<Outgoing> gathered = this.waiting;
			this.waiting = new ArrayList<>(0);
			return gathered;
		}
	}

	private void attempt(Batch batch, @Nullable Duration lastDelay) {
		Thread caller = Thread.currentThread();
		this.work.replace(
				this.open.flatMap((opened) -> opened.writer().write(entries(batch, opened))).subscribe((nothing) -> {
				}, (ex) -> goOn(caller, () -> failed(batch, ex, lastDelay)), () -> goOn(caller, () -> written(batch))));
	}

	/** The store's thread is for the store. */
	private void goOn(Thread caller, Runnable next) {
		if (Thread.currentThread() == caller) {
			next.run();
		}
		else {
			this.scheduler.schedule(next);
		}
	}

	private JournalEntry[] entries(Batch batch, Opened opened) {
		if (this.lastId < 0) {
			this.lastId = opened.lastEvent();
		}
		long id = this.lastId;
		List<JournalEntry> entries = new ArrayList<>();
		for (Outgoing outgoing : batch.outgoing()) {
			RunningTurn turn = outgoing.turn();
			String turnId = (turn != null) ? turn.id() : null;
			if (outgoing.type() != null) {
				entries.add(new JournalEntry.Event(++id, turnId, outgoing.type(), outgoing.data(), batch.at()));
			}
			if (outgoing.end() != null && turnId != null) {
				entries.add(new JournalEntry.Ended(turnId, outgoing.end().outcome(), batch.at()));
			}
		}
		return entries.toArray(JournalEntry[]::new);
	}

	private void written(Batch batch) {
		for (Outgoing outgoing : batch.outgoing()) {
			RunningTurn turn = outgoing.turn();
			FeedEvent event = (outgoing.type() != null)
					? new FeedEvent(++this.lastId, (turn != null) ? turn.id() : null, outgoing.type(), outgoing.data())
					: null;
			this.reader.told(outgoing, event);
		}
		synchronized (this.lock) {
			this.writing = false;
		}
		batch.outgoing().stream().filter((outgoing) -> outgoing.end() != null).forEach(this.reader::ended);
		this.reader.written();
		write();
	}

	private void failed(Batch batch, Throwable failure, @Nullable Duration lastDelay) {
		if (failure instanceof JournalConflictException && lastDelay != null) {
			// what was perhaps kept was kept
			written(batch);
			return;
		}
		if (failure instanceof StaleWriterException || failure instanceof JournalConflictException) {
			this.reader.lost(failure);
			return;
		}
		Duration delay = (lastDelay != null) ? shorter(lastDelay.multipliedBy(2), LONGEST_DELAY) : FIRST_DELAY;
		logger.debug("Events are not written and are tried again: events={}, delay={}", batch.outgoing().size(), delay,
				failure);
		this.work
			.replace(this.scheduler.schedule(() -> attempt(batch, delay), delay.toMillis(), TimeUnit.MILLISECONDS));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Whether all is written and told.
	 * @return {@code true} if so
	 */
	boolean isIdle() {
		synchronized (this.lock) {
			return !this.writing && this.waiting.isEmpty();
		}
	}

	/**
	 * Try no more.
	 */
	void close() {
		this.work.dispose();
	}

	private Instant instant() {
		return Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS));
	}

	/**
	 * Whoever is told what was written.
	 */
	interface Reader {

		/**
		 * Something was written.
		 * @param outgoing what
		 * @param event the event, or {@code null} if there was none
		 */
		void told(Outgoing outgoing, @Nullable FeedEvent event);

		/**
		 * A turn has ended with what was written.
		 * @param outgoing its end
		 */
		void ended(Outgoing outgoing);

		/**
		 * A write is done with, and all of it was told.
		 */
		void written();

		/**
		 * Nothing will be written any more.
		 * @param reason why
		 */
		void lost(Throwable reason);

	}

	/**
	 * A session that was taken over.
	 *
	 * @param writer writes it
	 * @param lastEvent the number of its last event by then
	 */
	record Opened(JournalWriter writer, long lastEvent) {

	}

	private record Batch(List<Outgoing> outgoing, Instant at) {

	}

}
