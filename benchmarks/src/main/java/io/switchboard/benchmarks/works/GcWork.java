package io.switchboard.benchmarks.works;

import java.util.concurrent.TimeUnit;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Pauses;
import io.switchboard.benchmarks.measurement.ProcessReadings;
import io.switchboard.benchmarks.measurement.Samples;
import io.switchboard.benchmarks.measurement.Stopwatch;

/**
 * Agents with much state that is replaced little by little: what the collector does to
 * the answers.
 */
final class GcWork {

	private static final int WARM_UP_SECONDS = 5;

	private GcWork() {
	}

	static Figures run(Contender contender, Parameters parameters) throws InterruptedException {
		int agents = parameters.number("agents", 10_000);
		int eachMilli = parameters.number("per_ms", 20);
		int eachSecond = (int) TimeUnit.SECONDS.toMillis(eachMilli);
		long residentBefore = ProcessReadings.residentKb();
		Askable churning = contender.churning(agents);
		Pauses.ofMillis(500);
		SteadyLoad load = new SteadyLoad(agents, Order.of(parameters), eachMilli);
		load.put(churning, WARM_UP_SECONDS * eachSecond);
		long millisBefore = ProcessReadings.collectionMillis();
		long collectionsBefore = ProcessReadings.collections();
		Stopwatch stopwatch = Stopwatch.start();
		Samples answers = load.put(churning, parameters.number("seconds", 20) * eachSecond);
		Stopwatch.Lap lap = stopwatch.stop();
		return new Figures().add("latency", answers.latencies())
			.add("msgs_per_s", answers.size() / lap.seconds())
			.add("cpu_s", lap.cpuSeconds())
			.add("gc_ms", ProcessReadings.collectionMillis() - millisBefore)
			.add("gc_count", ProcessReadings.collections() - collectionsBefore)
			.add("rss_start_kb", residentBefore)
			.add("rss_end_kb", ProcessReadings.residentKb());
	}

}
