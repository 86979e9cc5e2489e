package io.switchboard.ai.model;

import java.time.Duration;

/**
 * Counts what happens at a provider.
 */
final class Tally {

	private static final double WEIGHT_OF_LATEST = 0.2;

	private long answered;

	private long failed;

	private long undecided;

	private long waits;

	private long waitedMillis;

	private double meanAnswer = -1;

	/** How many calls were not let through in time. */
	long refused;

	void add(Outcome outcome, long millis) {
		switch (outcome) {
			case ANSWERED -> {
				this.answered++;
				this.meanAnswer = (this.meanAnswer < 0) ? millis
						: this.meanAnswer + WEIGHT_OF_LATEST * (millis - this.meanAnswer);
			}
			case FAILED -> this.failed++;
			case UNDECIDED -> this.undecided++;
		}
	}

	void waited(long millis) {
		if (millis > 0) {
			this.waits++;
			this.waitedMillis += millis;
		}
	}

	/**
	 * How long an answer takes, the latest counting most.
	 * @return milliseconds, less than zero if there was no answer yet
	 */
	double meanAnswer() {
		return this.meanAnswer;
	}

	ModelProviderStatistics statistics(BreakerState state, int running, int waiting, boolean held) {
		return new ModelProviderStatistics(state, running, waiting, held, this.answered, this.failed, this.undecided,
				this.refused, this.waits, Duration.ofMillis(this.waitedMillis));
	}

}
