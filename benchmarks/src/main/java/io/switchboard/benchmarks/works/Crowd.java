package io.switchboard.benchmarks.works;

import java.util.List;

/**
 * Agents of which some misbehave.
 */
public interface Crowd extends Askable {

	/**
	 * Start drivers that crash agents and see when these are back, one each.
	 * @param first the first agent to crash, the others follow
	 * @param attacks what each driver keeps
	 */
	void attack(int first, List<Attack> attacks);

	/**
	 * Let an agent compute.
	 * @param agent the number of the agent
	 * @param until when it ends
	 */
	void occupy(int agent, long until);

}
