package io.switchboard.benchmarks.comparison;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The values of several repetitions.
 */
final class Spread {

	private final double[] values;

	private Spread(double[] values) {
		this.values = values;
	}

	static Spread of(DoubleStream values) {
		return new Spread(values.filter(Double::isFinite).sorted().toArray());
	}

	boolean isEmpty() {
		return this.values.length == 0;
	}

	double median() {
		int half = this.values.length / 2;
		return (this.values.length % 2 == 1) ? this.values[half] : (this.values[half - 1] + this.values[half]) / 2;
	}

	/**
	 * The median, and between which values it lies.
	 * @return a text
	 */
	@Override
	public String toString() {
		if (isEmpty()) {
			return "-";
		}
		double last = this.values[this.values.length - 1];
		return (this.values.length == 1) ? text(median())
				: "%s [%s..%s]".formatted(text(median()), text(this.values[0]), text(last));
	}

	static String text(double value) {
		double size = Math.abs(value);
		String format = (size >= 1000) ? "%,.0f" : (size >= 100) ? "%.0f" : (size >= 10) ? "%.1f" : "%.3f";
		return String.format(Locale.ROOT, format, value);
	}

}
