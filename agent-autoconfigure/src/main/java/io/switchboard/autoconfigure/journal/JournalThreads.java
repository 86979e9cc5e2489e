package io.switchboard.autoconfigure.journal;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads that call the database of the journal, apart from all others: a database
 * that is slow holds up nothing else, and nothing else holds up a write.
 *
 * @param reading may be blocked by what is read and deleted
 * @param writing has one thread, for writes alone
 */
record JournalThreads(Scheduler reading, Scheduler writing) implements AutoCloseable {

	/** How long what is under way may take when the application ends. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int MOST_WAITING = 100_000;

	private static final int IDLE_SECONDS = 60;

	private static final Logger logger = LoggerFactory.getLogger(JournalThreads.class);

	static JournalThreads of(int connections) {
		return new JournalThreads(threads(connections - 1, "switchboard-journal"),
				threads(1, "switchboard-journal-writer"));
	}

	private static Scheduler threads(int count, String name) {
		return Schedulers.newBoundedElastic(count, MOST_WAITING, name, IDLE_SECONDS, true);
	}

	/**
	 * Wait for what is under way: to interrupt it would close the file of an H2.
	 */
	@Override
	public void close() {
		try {
			Mono.when(this.writing.disposeGracefully(), this.reading.disposeGracefully())
				.toFuture()
				.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
				.join();
		}
		catch (CompletionException ex) {
			giveUp();
		}
	}

	private void giveUp() {
		logger.warn("The journal is still called after {}, and is closed", PATIENCE);
		this.writing.dispose();
		this.reading.dispose();
	}

}
