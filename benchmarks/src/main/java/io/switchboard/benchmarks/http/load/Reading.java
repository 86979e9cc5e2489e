package io.switchboard.benchmarks.http.load;

import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.benchmarks.measurement.Histogram;

/**
 * What all sessions of a load have seen so far. Written by the thread that reads them
 * all, read by the one that waits.
 */
public final class Reading {

	/** How late tokens were. */
	public final Histogram lateness = new Histogram();

	final AtomicInteger opened = new AtomicInteger();

	/** How long turns took that were answered. */
	public final Histogram turns = new Histogram();

	/** How many tokens have come. */
	public final AtomicInteger tokens = new AtomicInteger();

	/** How many of them were not the next one. */
	public final AtomicInteger wrongTokens = new AtomicInteger();

	/** How many turns were answered in full. */
	public final AtomicInteger completed = new AtomicInteger();

	/** How many turns were not. */
	public final AtomicInteger failed = new AtomicInteger();

	/** How late the latest token was. */
	public volatile long latestMicros;

	/** What the first turn failed with, or nothing. */
	public volatile String firstFailure = "";

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

	public int ended() {
		return this.completed.get() + this.failed.get();
	}

}
