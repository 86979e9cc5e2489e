package io.switchboard.benchmarks.http.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.switchboard.benchmarks.measurement.Figures;

/**
 * Medians of all repetitions, and the ratio of ours to the plain application's.
 *
 * @param results what was measured, by application
 */
record Table(Map<App, List<Figures>> results) {

	private static final List<String> SHOWN = List.of("completed", "wrong_tokens", "wall_s", "wall_by_ideal",
			"late_p50_ms", "late_p99_ms", "late_max_ms", "app_cpu_us_per_token", "idle_bytes_per_session",
			"held.heap_bytes_per_session", "held.rss_bytes_per_session", "held.rss_mib", "held.threads",
			"peak_rss_mib");

	List<String> lines() {
		List<String> lines = new ArrayList<>(List.of("| figure | switchboard | plain | ratio |", "|---|---|---|---|"));
		for (String figure : SHOWN) {
			double ours = median(App.SWITCHBOARD, figure);
			double plain = median(App.PLAIN, figure);
			lines.add("| %s | %s | %s | %s |".formatted(figure, text(ours), text(plain), text(ours / plain)));
		}
		return lines;
	}

	private double median(App app, String figure) {
		double[] values = this.results.getOrDefault(app, List.of())
			.stream()
			.mapToDouble((figures) -> value(figures.values(), figure.split("\\.")))
			.filter(Double::isFinite)
			.sorted()
			.toArray();
		if (values.length == 0) {
			return Double.NaN;
		}
		return (values[values.length / 2] + values[(values.length - 1) / 2]) / 2;
	}

	private static double value(Map<?, ?> figures, String... path) {
		Object value = figures.get(path[0]);
		for (int i = 1; i < path.length; i++) {
			value = (value instanceof Map<?, ?> group) ? group.get(path[i]) : null;
		}
		return (value instanceof Number number) ? number.doubleValue() : Double.NaN;
	}

	private static String text(double value) {
		if (!Double.isFinite(value)) {
			return "-";
		}
		return String.format(Locale.ROOT, (Math.abs(value) >= 100) ? "%,.0f" : "%.2f", value);
	}

}
