package io.switchboard.benchmarks.http.load;

import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.benchmarks.measurement.Histogram;

/**
 * What all sessions of a load have seen so far. Written by the thread that reads them
 * all, read by the one that waits.
 */
final class Reading {

	final Histogram lateness = new Histogram();

	final AtomicInteger opened = new AtomicInteger();

	final AtomicInteger tokens = new AtomicInteger();

	final AtomicInteger wrongTokens = new AtomicInteger();

	final AtomicInteger completed = new AtomicInteger();

	final AtomicInteger failed = new AtomicInteger();

	volatile long latestMicros;

	volatile String firstFailure = "";

	void late(long micros) {
		this.lateness.add(micros * 1000);
		if (micros > this.latestMicros) {
			this.latestMicros = micros;
		}
	}

	void fail(String why) {
		if (this.failed.getAndIncrement() == 0) {
			this.firstFailure = why;
		}
	}

	int ended() {
		return this.completed.get() + this.failed.get();
	}

}
