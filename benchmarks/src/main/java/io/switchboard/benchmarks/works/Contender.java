package io.switchboard.benchmarks.works;

/**
 * A runtime that does the works. Each method sets up what one work needs; its agents are
 * supervised and found by name.
 */
public interface Contender {

	/**
	 * Start agents and wait until all are up.
	 * @param agents how many
	 * @return what has to be kept so that they stay
	 */
	Object spawn(int agents);

	/**
	 * Start agents that are asked, one by each client.
	 * @param pairs how many
	 * @return the clients' side
	 */
	Pairs pairs(int pairs);

	/**
	 * Start agents that count what they are told.
	 * @param agents how many
	 * @return the senders' side
	 */
	Counters counters(int agents);

}
