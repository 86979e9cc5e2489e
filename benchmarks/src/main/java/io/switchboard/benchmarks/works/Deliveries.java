package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

import io.switchboard.benchmarks.measurement.Histogram;
import io.switchboard.benchmarks.measurement.Samples;

/**
 * What the subscribers of all sessions have got, and when.
 */
public final class Deliveries {

	private final Histogram lateness = new Histogram();

	private final LongAdder tokens = new LongAdder();

	private final long[] ended;

	private final CountDownLatch open;

	Deliveries(int sessions) {
		this.ended = new long[sessions];
		this.open = new CountDownLatch(sessions);
	}

	/**
	 * Note a token.
	 * @param due when it was due
	 */
	public void token(long due) {
		this.lateness.add(System.nanoTime() - due);
	}

	/**
	 * Note the end of a turn.
	 * @param session the number of its session
	 * @param got tokens that its subscriber has got
	 */
	public void end(int session, int got) {
		this.ended[session] = System.nanoTime();
		this.tokens.add(got);
		this.open.countDown();
	}

	void await() throws InterruptedException {
		this.open.await();
	}

	long tokens() {
		return this.tokens.sum();
	}

	Histogram lateness() {
		return this.lateness;
	}

	/**
	 * How much longer the turns took than they should have.
	 * @param started when each was due to start
	 * @param idealNanos how long each should have taken
	 * @return the differences
	 */
	Samples overrun(long[] started, long idealNanos) {
		Samples overrun = new Samples();
		for (int i = 0; i < started.length; i++) {
			overrun.add(this.ended[i] - started[i] - idealNanos);
		}
		return overrun;
	}

}
