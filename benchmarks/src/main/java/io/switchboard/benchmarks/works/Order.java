package io.switchboard.benchmarks.works;

/**
 * Which agent is asked next.
 */
enum Order {

	/**
	 * Every agent once in each round.
	 */
	STEP {

		@Override
		int agent(int question, int agents) {
			return (int) (question * STRIDE % agents);
		}

	},

	/**
	 * As a hash says, so that agents get out of step.
	 */
	RANDOM {

		@Override
		int agent(int question, int agents) {
			long hash = question * 0x9E3779B97F4A7C15L;
			hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
			hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
			return (int) Long.remainderUnsigned(hash ^ (hash >>> 31), agents);
		}

	};

	/**
	 * A prime, so that neighbours are not asked one after the other.
	 */
	private static final long STRIDE = 7919;

	abstract int agent(int question, int agents);

	static Order of(Parameters parameters) {
		return parameters.choice("order", "step", "random").equals("step") ? STEP : RANDOM;
	}

}
