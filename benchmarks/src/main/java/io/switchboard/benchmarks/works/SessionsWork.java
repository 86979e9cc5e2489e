package io.switchboard.benchmarks.works;

import java.util.concurrent.TimeUnit;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Pauses;
import io.switchboard.benchmarks.measurement.ProcessReadings;
import io.switchboard.benchmarks.measurement.Stopwatch;

/**
 * One turn in each of many sessions: how late the tokens are at their subscribers. A
 * smaller round with short turns warms up.
 */
final class SessionsWork {

	private SessionsWork() {
	}

	static Figures run(Contender contender, Parameters parameters) throws InterruptedException {
		int sessions = parameters.number("n", 10_000);
		int rampMillis = parameters.number("ramp", 0);
		long residentBefore = ProcessReadings.residentKb();
		round(contender, Math.min(sessions, parameters.number("warm", 2000)), 0, Script.SHORT);
		return round(contender, sessions, rampMillis, Script.of(parameters)).add("rss_start_kb", residentBefore);
	}

	private static Figures round(Contender contender, int count, int rampMillis, Script script)
			throws InterruptedException {
		Deliveries deliveries = new Deliveries(count);
		Sessions sessions = contender.sessions(count, script, deliveries);
		Pauses.ofMillis(300);
		long[] started = new long[count];
		Stopwatch stopwatch = Stopwatch.start();
		long first = System.nanoTime();
		for (int i = 0; i < count; i++) {
			// in a burst all are due at once: who begins slowly is late
			started[i] = first + TimeUnit.MILLISECONDS.toNanos(rampMillis) * i / count;
			Pauses.until(started[i]);
			sessions.begin(i);
		}
		deliveries.await();
		Stopwatch.Lap lap = stopwatch.stop();
		return figures(deliveries, started, script.idealMillis(), rampMillis, lap);
	}

	private static Figures figures(Deliveries deliveries, long[] started, int idealMillis, int rampMillis,
			Stopwatch.Lap lap) {
		double ideal = (idealMillis + rampMillis) / 1000.0;
		return new Figures().add("wall_s", lap.seconds())
			.add("ideal_s", ideal)
			.add("wall_over_ideal", lap.seconds() / ideal)
			.add("cpu_s", lap.cpuSeconds())
			.add("tokens", deliveries.tokens())
			.add("tokens_per_s", deliveries.tokens() / lap.seconds())
			.add("turn_over_ideal", deliveries.overrun(started, TimeUnit.MILLISECONDS.toNanos(idealMillis)).latencies())
			.add("token_late_p50_us", deliveries.lateness().micros(0.5))
			.add("token_late_p99_us", deliveries.lateness().micros(0.99));
	}

}
