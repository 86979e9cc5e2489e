package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import io.switchboard.journal.JournalUnavailableException;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * What is tried again until the journal is there, because a turn that was accepted must
 * not fail for that.
 */
final class JournalPatience {

	private static final Duration FIRST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(10);

	private JournalPatience() {
	}

	/**
	 * Try again for ever, after waits that grow to some seconds.
	 * @param clock where to wait
	 * @return the retries, which end when nobody wants them any more
	 */
	static Retry on(Scheduler clock) {
		return Retry.backoff(Long.MAX_VALUE, FIRST)
			.maxBackoff(LONGEST)
			.scheduler(clock)
			.filter(JournalPatience::isAway);
	}

	/**
	 * Whether the journal may do later what it has not done.
	 * @param ex what it says
	 * @return {@code true} if so
	 */
	static boolean isAway(Throwable ex) {
		// the second from a store that is closed with the application
		return ex instanceof JournalUnavailableException || ex instanceof RejectedExecutionException;
	}

}
