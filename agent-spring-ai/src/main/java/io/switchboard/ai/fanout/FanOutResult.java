package io.switchboard.ai.fanout;

import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.turn.Usage;

/**
 * What came of a question to one agent.
 *
 * @since 0.1.0
 */
public sealed interface FanOutResult {

	/**
	 * Who was asked.
	 * @return the agent's path
	 */
	AgentPath agent();

	/**
	 * Whether there is an answer.
	 * @return {@code true} for {@link Answered} only
	 */
	default boolean isAnswer() {
		return false;
	}

	/**
	 * The agent has answered.
	 *
	 * @param agent who was asked
	 * @param answer the answer, complete
	 * @param usage the tokens that its turn took
	 * @since 0.1.0
	 */
	record Answered(AgentPath agent, String answer, Usage usage) implements FanOutResult {

		/**
		 * Check the parts.
		 * @param agent who was asked
		 * @param answer the answer, complete
		 * @param usage the tokens that its turn took
		 */
		public Answered {
			Objects.requireNonNull(agent, "'agent' must not be null");
			Objects.requireNonNull(answer, "'answer' must not be null");
			Objects.requireNonNull(usage, "'usage' must not be null");
		}

		@Override
		public boolean isAnswer() {
			return true;
		}

	}

	/**
	 * The agent's turn ended without an answer, after all that its ladder allows. The
	 * agent lives on.
	 *
	 * @param agent who was asked
	 * @param failure what went wrong
	 * @since 0.1.0
	 */
	record Failed(AgentPath agent, TurnFailure failure) implements FanOutResult {

		/**
		 * Check the parts.
		 * @param agent who was asked
		 * @param failure what went wrong
		 */
		public Failed {
			Objects.requireNonNull(agent, "'agent' must not be null");
			Objects.requireNonNull(failure, "'failure' must not be null");
		}

	}

	/**
	 * Nobody said how the turn ended: the agent is gone for good, was not there, or did
	 * not take the question.
	 *
	 * @param agent who was asked
	 * @param cause why: {@link io.switchboard.AgentExitedException} with the reason of
	 * the agent's end, {@link io.switchboard.MessageRejectedException}, or another error
	 * of {@link io.switchboard.AgentRef#stream}
	 * @since 0.1.0
	 */
	record Unanswered(AgentPath agent, Throwable cause) implements FanOutResult {

		/**
		 * Check the parts.
		 * @param agent who was asked
		 * @param cause why there is no answer
		 */
		public Unanswered {
			Objects.requireNonNull(agent, "'agent' must not be null");
			Objects.requireNonNull(cause, "'cause' must not be null");
		}

	}

}
