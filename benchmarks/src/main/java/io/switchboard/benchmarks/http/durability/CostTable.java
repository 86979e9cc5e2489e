package io.switchboard.benchmarks.http.durability;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.switchboard.benchmarks.measurement.Figures;

/**
 * Medians of all repetitions with their extremes, and the ratio to the first store within
 * each repetition.
 *
 * @param stores the stores, the first one to compare with
 * @param results what was measured, by repetition
 */
record CostTable(List<Store> stores, List<Map<Store, Figures>> results) {

	private static final List<String> SHOWN = List.of("short.completed", "short.turns_per_s",
			"short.app_cpu_ms_per_turn", "short.database_cpu_ms_per_turn", "short.turn_p50_ms", "short.turn_p99_ms",
			"long.completed", "long.wrong_tokens", "long.wall_s", "long.app_cpu_ms_per_turn",
			"long.database_cpu_ms_per_turn", "long.late_p50_ms", "long.late_p99_ms", "long.late_max_ms",
			"peak_rss_mib");

	List<String> lines() {
		List<String> lines = new ArrayList<>();
		lines.add("| figure | " + String.join(" | ", this.stores.stream().map(Store::label).toList()) + " |");
		lines.add("|---".repeat(this.stores.size() + 1) + "|");
		for (String figure : SHOWN) {
			List<String> cells = this.stores.stream().map((store) -> cell(store, figure)).toList();
			lines.add("| " + figure + " | " + String.join(" | ", cells) + " |");
		}
		return lines;
	}

	private String cell(Store store, String figure) {
		double[] values = values(store, figure);
		if (values.length == 0) {
			return "-";
		}
		String text = "%s [%s..%s]".formatted(text(median(values)), text(DoubleStream.of(values).min().orElseThrow()),
				text(DoubleStream.of(values).max().orElseThrow()));
		double[] first = values(this.stores.get(0), figure);
		if (store == this.stores.get(0) || first.length != values.length) {
			return text;
		}
		double[] ratios = IntStream.range(0, values.length).mapToDouble((i) -> values[i] / first[i]).toArray();
		return text + ", x " + text(median(ratios));
	}

	private double[] values(Store store, String figure) {
		return this.results.stream()
			.filter((repetition) -> repetition.containsKey(store))
			.mapToDouble((repetition) -> value(repetition.get(store).values(), figure.split("\\.")))
			.filter(Double::isFinite)
			.toArray();
	}

	private static double value(Map<?, ?> figures, String... path) {
		Object value = figures;
		for (String name : path) {
			value = (value instanceof Map<?, ?> group) ? group.get(name) : null;
		}
		return (value instanceof Number number) ? number.doubleValue() : Double.NaN;
	}

	private static double median(double... values) {
		double[] sorted = DoubleStream.of(values).sorted().toArray();
		return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
	}

	private static String text(double value) {
		return String.format(Locale.ROOT, (Math.abs(value) >= 100) ? "%,.0f" : "%.2f", value);
	}

}
