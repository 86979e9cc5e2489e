package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;

/**
 * Agents that count what they are told.
 */
public interface Counters {

	/**
	 * Let each agent begin to count.
	 * @param each messages that each agent gets
	 * @param done counted down by each agent that has got them
	 */
	void expect(int each, CountDownLatch done);

	/**
	 * Send a message to be counted.
	 * @param agent the number of the agent
	 */
	void tell(int agent);

}
