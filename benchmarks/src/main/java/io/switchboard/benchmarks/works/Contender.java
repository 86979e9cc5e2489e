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

	/**
	 * Start agents of which some will misbehave.
	 * @param agents how many
	 * @return the driver's side
	 */
	Crowd crowd(int agents);

	/**
	 * Start sessions and their subscribers.
	 * @param sessions how many
	 * @param script what a turn is like
	 * @param deliveries told by each subscriber of what it gets
	 * @return begins the turns
	 */
	Sessions sessions(int sessions, Script script, Deliveries deliveries);

	/**
	 * Start agents with much state, some of which they replace at each question.
	 * @param agents how many
	 * @return the askers' side
	 */
	Askable churning(int agents);

}
