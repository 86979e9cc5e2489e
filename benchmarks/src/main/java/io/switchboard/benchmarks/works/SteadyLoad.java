package io.switchboard.benchmarks.works;

import io.switchboard.benchmarks.measurement.Pacer;
import io.switchboard.benchmarks.measurement.Samples;

/**
 * Questions at a steady rate, whose answers are timed from when the question was due.
 *
 * @param agents how many are asked
 * @param order who is next
 * @param eachMilli questions in each millisecond
 */
record SteadyLoad(int agents, Order order, int eachMilli) {

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
		Answers answers = new Answers(questions);
		Askable.Asker asker = crowd.asker(answers);
		disturbance.begin();
		Pacer.send(questions, this.eachMilli,
				(question, due) -> asker.ask(this.order.agent(question, this.agents), due));
		disturbance.end();
		return answers.await();
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
