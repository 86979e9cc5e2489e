package io.switchboard.benchmarks.measurement;

import java.util.Arrays;

/**
 * Durations in nanoseconds, all of them kept. One writer at a time.
 */
public final class Samples {

	private long[] nanos = new long[1024];

	private int size;

	public void add(long duration) {
		if (this.size == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, this.size * 2);
		}
		this.nanos[this.size++] = duration;
	}

	public int size() {
		return this.size;
	}

	/**
	 * All samples of several writers together.
	 * @param parts the samples of each
	 * @return a copy of them all
	 */
	public static Samples of(Samples... parts) {
		Samples all = new Samples();
		all.size = Arrays.stream(parts).mapToInt(Samples::size).sum();
		all.nanos = new long[Math.max(1, all.size)];
		int from = 0;
		for (Samples part : parts) {
			System.arraycopy(part.nanos, 0, all.nanos, from, part.size);
			from += part.size;
		}
		return all;
	}

	/**
	 * How many there are, the usual quantiles and the highest, in microseconds.
	 * @return the figures
	 */
	public Figures latencies() {
		Figures figures = new Figures().add("n", this.size);
		if (this.size == 0) {
			return figures;
		}
		long[] sorted = Arrays.copyOf(this.nanos, this.size);
		Arrays.sort(sorted);
		return figures.add("p50_us", at(sorted, 0.5))
			.add("p90_us", at(sorted, 0.9))
			.add("p99_us", at(sorted, 0.99))
			.add("p999_us", at(sorted, 0.999))
			.add("max_us", sorted[sorted.length - 1] / 1000.0);
	}

	private static double at(long[] sorted, double quantile) {
		return sorted[Math.min(sorted.length - 1, (int) (quantile * sorted.length))] / 1000.0;
	}

}
