package io.switchboard.benchmarks.works;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.switchboard.benchmarks.measurement.Pacer;
import io.switchboard.benchmarks.measurement.Samples;

/**
 * Questions at a steady rate, whose answers are timed from when the question was due.
 *
 * @param agents how many are asked
 * @param order who is next
 * @param eachMilli questions in each millisecond
 * @param collectors among how many the answers are divided
 */
record SteadyLoad(int agents, Order order, int eachMilli, int collectors) {

	SteadyLoad(int agents, Order order, int eachMilli) {
		this(agents, order, eachMilli, 1);
	}

	Samples put(Askable crowd, int questions) throws InterruptedException {
		return put(crowd, questions, Disturbance.NONE);
	}

	/**
	 * Ask, and wait for all answers.
	 * @param crowd whom
	 * @param questions how many
	 * @param disturbance what happens meanwhile
	 * @return how long the answers took
	 * @throws InterruptedException if the process is to end
	 */
	Samples put(Askable crowd, int questions, Disturbance disturbance) throws InterruptedException {
		Answers[] answers = IntStream.range(0, this.collectors)
			.mapToObj((i) -> new Answers((questions - i + this.collectors - 1) / this.collectors))
			.toArray(Answers[]::new);
		Askable.Asker[] askers = Arrays.stream(answers).map(crowd::asker).toArray(Askable.Asker[]::new);
		disturbance.begin();
		Pacer.send(questions, this.eachMilli, (question, due) -> askers[question % this.collectors]
			.ask(this.order.agent(question, this.agents), due));
		disturbance.end();
		Samples[] latencies = new Samples[this.collectors];
		for (int i = 0; i < this.collectors; i++) {
			latencies[i] = answers[i].await();
		}
		return Samples.of(latencies);
	}

	/**
	 * What happens while questions are asked.
	 */
	interface Disturbance {

		/**
		 * Nothing.
		 */
		Disturbance NONE = () -> {
		};

		/**
		 * Disturb. All that has to be started for the questions is up.
		 */
		void begin();

		/**
		 * Leave off, as all is asked, though not answered.
		 */
		default void end() {
		}

	}

}
