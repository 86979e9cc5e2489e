package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.measurement.Samples;

/**
 * What becomes of questions that were asked at their due times. Written by one agent
 * alone, which gets all answers.
 */
public final class Answers {

	private final Samples latencies = new Samples();

	private final CountDownLatch complete = new CountDownLatch(1);

	private final int wanted;

	public Answers(int wanted) {
		this.wanted = wanted;
	}

	/**
	 * Note an answer.
	 * @param due when its question was due
	 */
	public void add(long due) {
		this.latencies.add(System.nanoTime() - due);
		if (this.latencies.size() == this.wanted) {
			this.complete.countDown();
		}
	}

	/**
	 * Wait for all answers.
	 * @return how long they took
	 * @throws InterruptedException if the process is to end
	 */
	public Samples await() throws InterruptedException {
		this.complete.await();
		return this.latencies;
	}

}
