package io.switchboard.benchmarks.works;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Samples;
import io.switchboard.benchmarks.measurement.Stopwatch;

/**
 * Some agents crash again and again: how soon they answer again, and what the others
 * notice. The first storm warms up.
 */
final class CrashWork {

	private final Crowd crowd;

	private final SteadyLoad load;

	private final int victims;

	private final int everyMillis;

	private CrashWork(Crowd crowd, SteadyLoad load, int victims, int rate) {
		this.crowd = crowd;
		this.load = load;
		this.victims = victims;
		this.everyMillis = (rate > 0) ? 1000 * victims / rate : 0;
	}

	static Figures run(Contender contender, Parameters parameters) throws InterruptedException {
		int siblings = parameters.number("siblings", 10_000);
		int victims = parameters.number("victims", 100);
		int asksEachMilli = parameters.number("asks_per_ms", 4);
		int questions = parameters.number("seconds", 5) * 1000 * asksEachMilli;
		SteadyLoad load = new SteadyLoad(siblings, Order.of(parameters), asksEachMilli,
				parameters.number("collectors", 1));
		CrashWork work = new CrashWork(contender.crowd(siblings + victims), load, victims,
				parameters.number("rate", 0));
		load.put(work.crowd, questions / 2);
		Figures quiet = load.put(work.crowd, questions).latencies();
		work.storm(questions / 2);
		return work.storm(questions).add("siblings_quiet", quiet);
	}

	private Figures storm(int questions) throws InterruptedException {
		Storm storm = new Storm();
		Stopwatch stopwatch = Stopwatch.start();
		Samples siblings = this.load.put(this.crowd, questions, storm);
		storm.done.await();
		Stopwatch.Lap lap = stopwatch.stop();
		Samples recoveries = Samples.of(storm.attacks.stream().map(Attack::recoveries).toArray(Samples[]::new));
		return new Figures().add("restarts", recoveries.size())
			.add("restarts_per_s", recoveries.size() / lap.seconds())
			.add("recover", recoveries.latencies())
			.add("cpu_s", lap.cpuSeconds())
			.add("siblings_storm", siblings.latencies());
	}

	/**
	 * All victims crash while the others are asked.
	 */
	private final class Storm implements SteadyLoad.Disturbance {

		private final AtomicBoolean over = new AtomicBoolean();

		private final CountDownLatch done = new CountDownLatch(CrashWork.this.victims);

		private final List<Attack> attacks = IntStream.range(0, CrashWork.this.victims)
			.mapToObj((i) -> new Attack(CrashWork.this.everyMillis, this.over::get, this.done))
			.toList();

		@Override
		public void begin() {
			CrashWork.this.crowd.attack(CrashWork.this.load.agents(), this.attacks);
		}

		@Override
		public void end() {
			this.over.set(true);
		}

	}

}
