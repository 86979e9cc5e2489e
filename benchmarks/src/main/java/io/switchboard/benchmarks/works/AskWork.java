package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Pauses;
import io.switchboard.benchmarks.measurement.Samples;
import io.switchboard.benchmarks.measurement.Stopwatch;

/**
 * Questions and answers, one at a time in each pair. The first round warms up.
 */
final class AskWork {

	private static final int WARM_UP_AT_LEAST = 200;

	private AskWork() {
	}

	static Figures run(Contender contender, Parameters parameters) throws InterruptedException {
		int pairs = parameters.number("pairs", 1);
		int asks = parameters.number("m", 1_000_000) / pairs;
		Pairs servers = contender.pairs(pairs);
		round(servers, pairs, Math.max(WARM_UP_AT_LEAST, asks / 2));
		return round(servers, pairs, asks);
	}

	private static Figures round(Pairs servers, int pairs, int asks) throws InterruptedException {
		Samples[] latencies = new Samples[pairs];
		for (int i = 0; i < pairs; i++) {
			latencies[i] = new Samples();
		}
		CountDownLatch done = new CountDownLatch(pairs);
		Runnable clients = servers.clients(asks, latencies, done);
		Pauses.ofMillis(200);
		Stopwatch stopwatch = Stopwatch.start();
		clients.run();
		done.await();
		Stopwatch.Lap lap = stopwatch.stop();
		Samples all = Samples.of(latencies);
		return all.latencies()
			.add("asks_per_s", all.size() / lap.seconds())
			.add("seconds", lap.seconds())
			.add("cpu_s", lap.cpuSeconds());
	}

}
