package io.switchboard.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalException;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWrite;
import io.switchboard.journal.StaleWriterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * Commits what waits together: while one transaction is under way the next one gathers,
 * so the more is written, the more a transaction holds.
 * <p>
 * When the database is away the writes wait for it, in their order, and are tried again
 * until they get through. As many as there may be wait; more are refused.
 */
final class GroupCommit {

	private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

	private static final int MOST_AT_ONCE = 512;

	private static final long FIRST_DELAY = Duration.ofMillis(100).toMillis();

	private static final long LONGEST_DELAY = Duration.ofSeconds(5).toMillis();

	private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	/**
	 * What the worker has been told of and has not done.
	 */
	private final AtomicInteger due = new AtomicInteger();

	private final Function<List<JournalWrite>, Map<JournalWrite, StaleWriterException>> commit;

	private final int capacity;

	private final LongAdder writes = new LongAdder();

	private final LongAdder groups = new LongAdder();

	private final LongAdder committing = new LongAdder();

	private final LongAdder failures = new LongAdder();

	/**
	 * What is wrong, while the database is away.
	 */
	private volatile @Nullable DatabaseTrouble trouble;

	private final Scheduler scheduler;

	private final Scheduler.Worker worker;

	/**
	 * What the transaction under way holds. Touched by the worker alone, as are the two
	 * below.
	 */
	private final List<Pending> batch = new ArrayList<>();

	/**
	 * Whether one of the batch is refused by the database, which is found by writing one
	 * after the other.
	 */
	private boolean singly;

	private long delay;

	private volatile boolean closed;

	/**
	 * Make a queue.
	 * @param commit keeps all of the writes or throws; tells which it refused
	 * @param capacity how many may wait
	 * @param scheduler where to commit; may be blocked
	 */
	GroupCommit(Function<List<JournalWrite>, Map<JournalWrite, StaleWriterException>> commit, int capacity,
			Scheduler scheduler) {
		this.commit = commit;
		this.capacity = capacity;
		this.scheduler = scheduler;
		this.worker = scheduler.createWorker();
	}

	JournalStatistics statistics() {
		return new JournalStatistics(this.writes.sum(), this.groups.sum(), Duration.ofNanos(this.committing.sum()),
				this.failures.sum(), this.size.get(), reason());
	}

	private @Nullable String reason() {
		DatabaseTrouble now = this.trouble;
		return (now != null) ? now.description() : null;
	}

	CompletableFuture<Void> write(JournalWrite write) {
		if (this.closed) {
			return CompletableFuture.failedFuture(closedFailure());
		}
		if (this.size.incrementAndGet() > this.capacity) {
			this.size.decrementAndGet();
			return CompletableFuture.failedFuture(new JournalUnavailableException(
					"%d writes wait for the database, as many as may".formatted(this.capacity), null));
		}
		Pending pending = new Pending(write, new CompletableFuture<>());
		this.queue.add(pending);
		if (this.closed) {
			// the last look at the queue may be over
			pending.end(closedFailure());
		}
		else if (this.due.getAndIncrement() == 0) {
			this.worker.schedule(this::drain);
		}
		return pending.done();
	}

	/**
	 * Runs once at a time: started by the first write that is due, it goes on until none
	 * is. It may do one whose writer has not said yet that it is due.
	 */
	private void drain() {
		int done;
		do {
			if (this.closed) {
				finish();
				return;
			}
			gather();
			try {
				done = this.batch.isEmpty() ? 0 : commit();
			}
			catch (RuntimeException ex) {
				retryLater(ex);
				return;
			}
			this.size.addAndGet(-done);
		}
		while (this.due.addAndGet(-done) > 0);
	}

	private void gather() {
		while (this.batch.size() < MOST_AT_ONCE) {
			Pending next = this.queue.poll();
			if (next == null) {
				return;
			}
			this.batch.add(next);
		}
	}

	private int commit() {
		List<Pending> attempt = this.singly ? this.batch.subList(0, 1) : this.batch;
		Map<JournalWrite, StaleWriterException> refused;
		long begun = this.scheduler.now(TimeUnit.NANOSECONDS);
		try {
			refused = this.commit.apply(attempt.stream().map(Pending::write).toList());
		}
		catch (DataIntegrityViolationException ex) {
			return contradicted(attempt, ex);
		}
		this.groups.increment();
		this.committing.add(this.scheduler.now(TimeUnit.NANOSECONDS) - begun);
		reached();
		this.writes.add(attempt.size());
		attempt.forEach((pending) -> pending.end(refused.get(pending.write())));
		return over(attempt);
	}

	private void reached() {
		if (this.delay > 0) {
			logger.info("Journal can be written again: waiting={}", this.size.get());
			this.trouble = null;
			this.delay = 0;
		}
	}

	private int contradicted(List<Pending> attempt, DataIntegrityViolationException ex) {
		reached();
		if (attempt.size() > 1) {
			this.singly = true;
			return 0;
		}
		this.writes.increment();
		Pending pending = attempt.get(0);
		pending.end(new JournalConflictException(pending.write().session(),
				"an entry is there already, or does not fit", ex));
		return over(attempt);
	}

	private int over(List<Pending> attempt) {
		int done = attempt.size();
		attempt.clear();
		this.singly &= !this.batch.isEmpty();
		return done;
	}

	private void retryLater(RuntimeException ex) {
		this.failures.increment();
		tell(DatabaseTrouble.of(ex), ex);
		this.delay = (this.delay != 0) ? Math.min(LONGEST_DELAY, this.delay * 2) : FIRST_DELAY;
		this.worker.schedule(this::drain, this.delay, TimeUnit.MILLISECONDS);
	}

	/**
	 * Once for each that is known: what follows from the first says less.
	 */
	private void tell(DatabaseTrouble next, RuntimeException ex) {
		DatabaseTrouble before = this.trouble;
		if (before == null
				|| (next != before && next != DatabaseTrouble.UNKNOWN && next != DatabaseTrouble.FILE_CLOSED)) {
			this.trouble = next;
			logger.warn("Journal cannot be written, what waits is tried again: waiting={}, reason={}, cause={}",
					this.size.get(), next.description(), ex.toString());
		}
	}

	/**
	 * Take no more writes. What waits is still written, unless the database is away: then
	 * it is refused, as whoever wrote it has not been told that it is kept.
	 */
	void close() {
		this.closed = true;
		try {
			this.worker.schedule(this::finish);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Journal was closed before", ex);
		}
	}

	private void finish() {
		try {
			gather();
			while (this.delay == 0 && !this.batch.isEmpty()) {
				commit();
				gather();
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Journal is closed and cannot be written: waiting={}, reason={}", this.size.get(),
					ex.toString());
		}
		refuseAll();
	}

	private void refuseAll() {
		gatherAll();
		this.batch.forEach((pending) -> pending.end(closedFailure()));
		this.batch.clear();
		this.worker.dispose();
	}

	private void gatherAll() {
		for (Pending next = this.queue.poll(); next != null; next = this.queue.poll()) {
			this.batch.add(next);
		}
	}

	private static JournalUnavailableException closedFailure() {
		return new JournalUnavailableException("it is closed", null);
	}

	/**
	 * A write that waits.
	 *
	 * @param write the write
	 * @param done is told what came of it
	 */
	private record Pending(JournalWrite write, CompletableFuture<Void> done) {

		void end(@Nullable JournalException refusal) {
			if (refusal != null) {
				this.done.completeExceptionally(refusal);
			}
			else {
				this.done.complete(null);
			}
		}

	}

}
