package io.switchboard.benchmarks.measurement;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Durations in buckets that grow with them, about four percent wide. Many writers.
 */
public final class Histogram {

	private static final int BUCKETS = 640;

	private static final double BUCKETS_EACH_TIME_TWICE = 16;

	private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

	public void add(long nanos) {
		double micros = Math.max(0, nanos) / 1000.0;
		int bucket = (int) (Math.log(micros + 1) / Math.log(2) * BUCKETS_EACH_TIME_TWICE);
		this.counts.incrementAndGet(Math.min(BUCKETS - 1, bucket));
	}

	/**
	 * A quantile in microseconds.
	 * @param quantile between zero and one
	 * @return the upper end of the bucket that it is in, or zero if there is nothing
	 */
	public double micros(double quantile) {
		long total = 0;
		for (int i = 0; i < BUCKETS; i++) {
			total += this.counts.get(i);
		}
		long below = 0;
		for (int i = 0; i < BUCKETS; i++) {
			below += this.counts.get(i);
			if (below > quantile * total) {
				return Math.pow(2, (i + 1) / BUCKETS_EACH_TIME_TWICE) - 1;
			}
		}
		return 0;
	}

}
