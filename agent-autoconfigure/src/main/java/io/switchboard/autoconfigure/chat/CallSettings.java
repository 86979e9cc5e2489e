package io.switchboard.autoconfigure.chat;

import java.util.Objects;

import io.switchboard.ai.model.CallLimits;
import io.switchboard.autoconfigure.SwitchboardProperties.Calls;

/**
 * Reads how long the model calls of an agent may take.
 */
final class CallSettings {

	private CallSettings() {
	}

	/**
	 * Read the limits.
	 * @param agent what is said of the agent
	 * @param all what is said of all agents
	 * @return the limits, by default those of {@link CallLimits#defaults()}
	 */
	static CallLimits read(Calls agent, Calls all) {
		return over(agent, over(all, CallLimits.defaults()));
	}

	private static CallLimits over(Calls calls, CallLimits limits) {
		return new CallLimits(Objects.requireNonNullElse(calls.firstToken(), limits.firstToken()),
				Objects.requireNonNullElse(calls.stall(), limits.stall()),
				Objects.requireNonNullElse(calls.total(), limits.total()));
	}

}
