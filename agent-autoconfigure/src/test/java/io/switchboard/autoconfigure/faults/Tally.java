package io.switchboard.autoconfigure.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/**
 * How often something was done, by kind. Safe for use by many threads.
 */
final class Tally {

	private final Map<String, Long> counts = new ConcurrentSkipListMap<>();

	void count(String kind) {
		this.counts.merge(kind, 1L, Long::sum);
	}

	long of(String kind) {
		return this.counts.getOrDefault(kind, 0L);
	}

	void forEach(BiConsumer<String, Long> action) {
		this.counts.forEach(action);
	}

	@Override
	public String toString() {
		return this.counts.toString();
	}

}
