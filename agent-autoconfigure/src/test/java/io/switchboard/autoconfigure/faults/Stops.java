package io.switchboard.autoconfigure.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.switchboard.AgentPath;

/**
 * Which agents are stopped for good while their clients wait: the one thing that a turn
 * need not survive.
 */
final class Stops {

	/**
	 * Odd while an agent is being stopped.
	 */
	private final Map<AgentPath, Integer> counts = new ConcurrentHashMap<>();

	private final Map<AgentPath, Integer> serving = new ConcurrentHashMap<>();

	int count(AgentPath agent) {
		return this.counts.getOrDefault(agent, 0);
	}

	/**
	 * A stop begins or is over.
	 * @param agent who is stopped
	 */
	void next(AgentPath agent) {
		this.counts.merge(agent, 1, Integer::sum);
	}

	/**
	 * An agent has begun to serve a turn.
	 * @param agent the agent
	 * @param since the count when the turn was asked for
	 */
	void serves(AgentPath agent, int since) {
		if (isQuiet(agent, since)) {
			this.serving.put(agent, since);
		}
	}

	/**
	 * Whether an agent was not stopped.
	 * @param agent the agent
	 * @param since the count before
	 * @return {@code true} if neither then nor since then
	 */
	boolean isQuiet(AgentPath agent, int since) {
		return since % 2 == 0 && count(agent) == since;
	}

	/**
	 * Whether an agent has served since it was stopped last. One that is killed before
	 * that is not restarted.
	 * @param agent the agent
	 * @return {@code true} if so
	 */
	boolean isServing(AgentPath agent) {
		Integer since = this.serving.get(agent);
		return since != null && isQuiet(agent, since);
	}

}
