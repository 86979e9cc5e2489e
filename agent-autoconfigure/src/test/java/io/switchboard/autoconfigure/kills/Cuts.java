package io.switchboard.autoconfigure.kills;

import java.util.Random;

/**
 * When clients hang up.
 *
 * @param allowed whether they do at all
 */
record Cuts(boolean allowed) {

	/**
	 * How much is read of a stream.
	 * @param random decides
	 * @param most how many events at most, if not all
	 * @return the number of events
	 */
	int next(Random random, int most) {
		return (this.allowed && random.nextInt(3) == 0) ? random.nextInt(most) : Integer.MAX_VALUE;
	}

}
