package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.measurement.Samples;

/**
 * What a client keeps of its questions: when the last one was asked, and how long each
 * took. Used by one agent alone.
 */
public final class Client {

	private final int asks;

	private final Samples latencies;

	private final CountDownLatch done;

	private long asked;

	public Client(int asks, Samples latencies, CountDownLatch done) {
		this.asks = asks;
		this.latencies = latencies;
		this.done = done;
	}

	public void asking() {
		this.asked = System.nanoTime();
	}

	/**
	 * Note that the answer is there.
	 * @return whether to ask again
	 */
	public boolean answered() {
		this.latencies.add(System.nanoTime() - this.asked);
		if (this.latencies.size() < this.asks) {
			return true;
		}
		this.done.countDown();
		return false;
	}

}
