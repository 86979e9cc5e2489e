package io.switchboard.benchmarks.http.durability;

import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.benchmarks.measurement.Histogram;

/**
 * What all readers have seen so far. Written by the thread that reads them all.
 */
final class StormReading {

	final Histogram caughtUpAfter = new Histogram();

	final AtomicInteger caughtUp = new AtomicInteger();

	final AtomicInteger events = new AtomicInteger();

	/** Events that were not the next one. */
	final AtomicInteger wrongEvents = new AtomicInteger();

	/** Events without a number: what a reader is told it missed. */
	final AtomicInteger asides = new AtomicInteger();

	/** Events behind the last one that there is. */
	final AtomicInteger beyond = new AtomicInteger();

	final AtomicInteger cutOff = new AtomicInteger();

	volatile String firstFailure = "";

	volatile double lastCaughtUpMillis;

	private final long begun = System.nanoTime();

	void caughtUp() {
		long nanos = System.nanoTime() - this.begun;
		this.caughtUpAfter.add(nanos);
		this.lastCaughtUpMillis = nanos / 1e6;
		this.caughtUp.incrementAndGet();
	}

	void cutOff(String why) {
		if (this.cutOff.getAndIncrement() == 0) {
			this.firstFailure = why;
		}
	}

}
