package io.switchboard.benchmarks.switchboard;

import io.switchboard.SendResult;

/**
 * Sending for works in which nothing may be lost.
 */
final class Sending {

	private Sending() {
	}

	static void accepted(SendResult result) {
		if (!result.isAccepted()) {
			throw new IllegalStateException("A message was not taken: " + result);
		}
	}

}
