package io.switchboard.benchmarks.works;

/**
 * What an agent does that has run away: it computes and never looks up.
 */
public final class Computation {

	private static final int UNTIL_THE_NEXT_LOOK_AT_THE_CLOCK = 20_000;

	private static volatile long result;

	private Computation() {
	}

	/**
	 * Compute.
	 * @param until a reading of {@link System#nanoTime()}
	 */
	public static void until(long until) {
		long value = 1;
		do {
			for (int i = 0; i < UNTIL_THE_NEXT_LOOK_AT_THE_CLOCK; i++) {
				value = value * 31 + i;
			}
		}
		while (System.nanoTime() - until < 0);
		result = value;
	}

	/**
	 * Keeps the compiler from leaving the computation out.
	 * @return the last result
	 */
	public static long lastResult() {
		return result;
	}

}
