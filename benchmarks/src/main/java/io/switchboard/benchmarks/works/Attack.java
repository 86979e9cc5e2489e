package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

import io.switchboard.benchmarks.measurement.Samples;

/**
 * What a driver keeps of the agent that it crashes again and again: when it did so last,
 * and how long it took until the agent answered. Used by one agent alone.
 */
public final class Attack {

	/**
	 * What {@link #recovered()} says when it is enough.
	 */
	public static final int OVER = -1;

	private final Samples recoveries = new Samples();

	private final int everyMillis;

	private final BooleanSupplier over;

	private final CountDownLatch done;

	private long crashed;

	/**
	 * Make an attack.
	 * @param everyMillis time from one crash to the next on average, or zero for at once
	 * @param over whether it is enough
	 * @param done told at the end
	 */
	public Attack(int everyMillis, BooleanSupplier over, CountDownLatch done) {
		this.everyMillis = everyMillis;
		this.over = over;
		this.done = done;
	}

	public void crashing() {
		this.crashed = System.nanoTime();
	}

	/**
	 * Note that the agent has answered.
	 * @return milliseconds until the next crash, or {@link #OVER}
	 */
	public int recovered() {
		this.recoveries.add(System.nanoTime() - this.crashed);
		if (this.over.getAsBoolean()) {
			this.done.countDown();
			return OVER;
		}
		return (this.everyMillis > 0) ? 1 + ThreadLocalRandom.current().nextInt(2 * this.everyMillis) : 0;
	}

	Samples recoveries() {
		return this.recoveries;
	}

}
