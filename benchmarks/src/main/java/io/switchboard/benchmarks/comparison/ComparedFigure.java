package io.switchboard.benchmarks.comparison;

import java.util.List;

import io.switchboard.benchmarks.works.Work;

/**
 * A figure that is compared.
 *
 * @param name its name, with that of its group before a dot
 * @param better which is the better direction
 * @param tolerance by how much a ratio may differ from a stored one for no reason; the
 * tails of latencies differ much on a shared machine
 */
record ComparedFigure(String name, Better better, double tolerance) {

	static List<ComparedFigure> of(Work work) {
		return switch (work) {
			case SPAWN -> List.of(rate("per_s"), memory("heap_bytes_per_agent"), memory("rss_bytes_per_agent"));
			case ASK -> List.of(rate("asks_per_s"), tail("p99_us"), tail("max_us"));
			case TELL -> List.of(rate("msgs_per_s"));
			case CRASH -> List.of(rate("restarts_per_s"), tail("recover.p99_us"), tail("siblings_storm.p99_us"));
			case SESSIONS -> List.of(cost("wall_s"), tail("token_late_p99_us"), cost("cpu_s"), memory("hwm_kb"));
			case HOG -> List.of(cost("hogged.p50_us"), tail("hogged.p99_us"), tail("hogged.max_us"));
			case GC -> List.of(tail("latency.p99_us"), tail("latency.max_us"), cost("cpu_s"));
		};
	}

	private static ComparedFigure rate(String name) {
		return new ComparedFigure(name, Better.HIGHER, 1.4);
	}

	private static ComparedFigure cost(String name) {
		return new ComparedFigure(name, Better.LOWER, 1.4);
	}

	private static ComparedFigure memory(String name) {
		return new ComparedFigure(name, Better.LOWER, 1.15);
	}

	private static ComparedFigure tail(String name) {
		return new ComparedFigure(name, Better.LOWER, 4);
	}

	/**
	 * Whether a ratio is worse than a stored one by more than chance.
	 * @param ratio what was measured now
	 * @param stored what was measured before
	 * @return {@code true} if it is
	 */
	boolean isWorse(double ratio, double stored) {
		return switch (this.better) {
			case HIGHER -> ratio < stored / this.tolerance;
			case LOWER -> ratio > stored * this.tolerance;
		};
	}

	/**
	 * Which is the better direction of a figure.
	 */
	enum Better {

		HIGHER, LOWER

	}

}
