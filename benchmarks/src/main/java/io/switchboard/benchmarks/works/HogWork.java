package io.switchboard.benchmarks.works;

import java.util.concurrent.TimeUnit;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Stopwatch;

/**
 * Some agents compute without an end: what the others notice.
 */
final class HogWork {

	private HogWork() {
	}

	static Figures run(Contender contender, Parameters parameters) throws InterruptedException {
		int agents = parameters.number("agents", 1000);
		int questions = agents * parameters.number("asks", 100);
		int hogs = parameters.number("hogs", 4);
		int seconds = parameters.number("seconds", 5);
		SteadyLoad load = new SteadyLoad(agents, Order.of(parameters), Math.max(1, questions / (seconds * 1000)));
		Crowd crowd = contender.crowd(agents + hogs);
		load.put(crowd, questions);
		Figures calm = load.put(crowd, questions).latencies();
		Stopwatch stopwatch = Stopwatch.start();
		Figures hogged = load.put(crowd, questions, () -> {
			long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
			for (int i = 0; i < hogs; i++) {
				crowd.occupy(agents + i, until);
			}
		}).latencies();
		return new Figures().add("calm", calm).add("hogged", hogged).add("seconds", stopwatch.stop().seconds());
	}

}
