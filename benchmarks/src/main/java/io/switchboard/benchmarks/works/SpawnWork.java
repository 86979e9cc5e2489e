package io.switchboard.benchmarks.works;

import java.lang.ref.Reference;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Pauses;
import io.switchboard.benchmarks.measurement.ProcessReadings;
import io.switchboard.benchmarks.measurement.Stopwatch;

/**
 * Starts agents: how long it takes, and what memory each costs when idle.
 */
final class SpawnWork {

	private static final double KB = 1024;

	private SpawnWork() {
	}

	static Figures run(Contender contender, Parameters parameters) {
		int agents = parameters.number("n", 100_000);
		long heapBefore = ProcessReadings.liveHeapBytes();
		long residentBefore = ProcessReadings.residentKb();
		Stopwatch stopwatch = Stopwatch.start();
		Object running = contender.spawn(agents);
		try {
			Stopwatch.Lap lap = stopwatch.stop();
			long residentUncollected = ProcessReadings.residentKb();
			long heapAfter = ProcessReadings.liveHeapBytes();
			Pauses.ofMillis(300);
			long residentAfter = ProcessReadings.residentKb();
			return new Figures().add("seconds", lap.seconds())
				.add("per_s", agents / lap.seconds())
				.add("cpu_s", lap.cpuSeconds())
				.add("rss_bytes_per_agent", (residentAfter - residentBefore) * KB / agents)
				.add("rss_before_gc_bytes_per_agent", (residentUncollected - residentBefore) * KB / agents)
				.add("heap_bytes_per_agent", (heapAfter - heapBefore) / (double) agents);
		}
		finally {
			// idle agents are on no thread: let them not be garbage
			Reference.reachabilityFence(running);
		}
	}

}
