package io.switchboard.benchmarks.works;

/**
 * Sessions, each with a subscriber of its own.
 */
@FunctionalInterface
public interface Sessions {

	/**
	 * Begin the turn of a session.
	 * @param session the number of the session
	 */
	void begin(int session);

}
