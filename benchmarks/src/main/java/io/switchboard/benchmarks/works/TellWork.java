package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Pauses;
import io.switchboard.benchmarks.measurement.Stopwatch;

/**
 * Messages from several threads, one way. The first two rounds warm up.
 */
final class TellWork {

	private static final int WARM_UPS = 2;

	private TellWork() {
	}

	static Figures run(Contender contender, Parameters parameters) throws InterruptedException {
		int agents = parameters.number("agents", 1);
		int producers = parameters.number("producers", 4);
		int each = wholeRounds(parameters.number("m", 2_000_000) / producers, agents);
		Counters counters = contender.counters(agents);
		for (int i = 0; i < WARM_UPS; i++) {
			round(counters, agents, producers, wholeRounds(each / 2, agents));
		}
		Stopwatch.Lap lap = round(counters, agents, producers, each);
		return new Figures().add("msgs_per_s", (double) each * producers / lap.seconds())
			.add("seconds", lap.seconds())
			.add("cpu_s", lap.cpuSeconds());
	}

	/**
	 * As many messages that each agent gets the same number from one producer.
	 * @param messages how many there might be
	 * @param agents how many agents there are
	 * @return as many or a few less, but one for each agent at least
	 */
	private static int wholeRounds(int messages, int agents) {
		return Math.max(agents, messages - messages % agents);
	}

	private static Stopwatch.Lap round(Counters counters, int agents, int producers, int messages)
			throws InterruptedException {
		CountDownLatch done = new CountDownLatch(agents);
		counters.expect(messages / agents * producers, done);
		Pauses.ofMillis(100);
		Stopwatch stopwatch = Stopwatch.start();
		for (int i = 0; i < producers; i++) {
			int first = i;
			new Thread(() -> produce(counters, agents, first, messages), "producer-" + i).start();
		}
		done.await();
		return stopwatch.stop();
	}

	private static void produce(Counters counters, int agents, int first, int messages) {
		for (int i = 0; i < messages; i++) {
			counters.tell((first + i) % agents);
		}
	}

}
