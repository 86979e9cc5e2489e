package io.switchboard.ai.turn;

import java.math.BigDecimal;

/**
 * Learns what turns cost and what they recover from, to count it.
 * <p>
 * You probably want Micrometer's meters, which the starter makes from this. Implement it
 * to count somewhere else. It is called within the turn, so it must be quick and must not
 * block; what it throws is logged and changes nothing.
 * <p>
 * A turn that goes on in another life is not told of twice. What a model call has cost
 * that was cut off before the provider said it, nobody knows.
 *
 * @since 0.1.0
 */
public interface TurnListener {

	/**
	 * A model has answered, whether the answer can be used or not.
	 * @param agent the name of the agent's definition, the same for all sessions
	 * @param usage the tokens of the call
	 * @param cost its price, zero if that is not known
	 */
	default void answered(String agent, Usage usage, BigDecimal cost) {
	}

	/**
	 * Something went wrong, and the turn goes on all the same.
	 * @param agent the name of the agent's definition, the same for all sessions
	 * @param recovering what is done about what
	 */
	default void recovering(String agent, Recovering recovering) {
	}

}
