package io.switchboard.registry;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others what has changed, in the order it changed, and never from inside the
 * change: who is told may want to change something in turn.
 */
final class Outbox {

	private static final Logger logger = LoggerFactory.getLogger(Outbox.class);

	private final Queue<Runnable> notes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger wakeUps = new AtomicInteger();

	/**
	 * Put a note behind the others. Call while the change is not visible to anyone else,
	 * and {@link #send()} after it is.
	 * @param note tells somebody
	 */
	void add(Runnable note) {
		this.notes.add(note);
	}

	/**
	 * Send what has been put here, unless another thread is at it already.
	 */
	void send() {
		if (this.notes.isEmpty() || this.wakeUps.getAndIncrement() != 0) {
			return;
		}
		int seen;
		do {
			seen = this.wakeUps.get();
			for (Runnable note = this.notes.poll(); note != null; note = this.notes.poll()) {
				try {
					note.run();
				}
				catch (RuntimeException ex) {
					logger.error("Somebody who follows the registry failed when told", ex);
				}
			}
		}
		while (this.wakeUps.addAndGet(-seen) != 0);
	}

}
