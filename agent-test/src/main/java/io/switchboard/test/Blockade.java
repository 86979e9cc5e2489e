package io.switchboard.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds threads, deaf to interrupts, until it is released: for agents that block their
 * thread on purpose. Needs real schedulers; under virtual time it would hold the test.
 * <p>
 * Use it in a try-with-resources statement, so that no thread stays behind.
 *
 * @since 0.1.0
 */
public final class Blockade implements AutoCloseable {

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	/**
	 * Hold the calling thread. It is interrupted on return if it was meanwhile.
	 */
	public void hold() {
		this.reached.countDown();
		boolean interrupted = false;
		while (true) {
			try {
				this.released.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Wait until some thread is held.
	 * @param limit how long to wait
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public void awaitHeld(Duration limit) throws InterruptedException {
		if (!this.reached.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
			throw new AssertionError("No thread has reached the blockade within " + limit);
		}
	}

	/**
	 * Let all threads go, and hold none from now on.
	 */
	public void release() {
		this.released.countDown();
	}

	@Override
	public void close() {
		release();
	}

}
