package io.switchboard.ai.recovery;

import org.jspecify.annotations.Nullable;

/**
 * One thing to do about a failure. A {@link Ladder} is a list of them, the gentlest
 * first.
 * <p>
 * In settings a rung is written as its id, with how often or with what in parentheses:
 * {@code retry}, {@code retry(5)}, {@code options(temperature=0.2 max-tokens=500)}.
 *
 * @since 0.1.0
 */
public sealed interface Rung {

	/**
	 * The name in events and settings, such as {@code switch-model}.
	 * @return the id
	 */
	String id();

	/**
	 * How often it is done before the next rung is.
	 * @return the number, at least one
	 */
	int times();

	/**
	 * Read a rung from a setting.
	 * @param text the setting
	 * @return the rung
	 * @throws IllegalArgumentException if it is none, saying what is allowed
	 */
	static Rung parse(String text) {
		return RungText.parse(text);
	}

	/**
	 * Make the same call again, after the time the provider has asked for, else after a
	 * wait that grows. Left out once the client has seen a part of the answer, and where
	 * the provider asks for more time than the {@link RecoveryPolicy} allows.
	 *
	 * @param times how often, at least one
	 */
	record Retry(int times) implements Rung {

		/**
		 * Check the number.
		 * @param times how often
		 * @throws IllegalArgumentException if it is less than one
		 */
		public Retry {
			RungText.check("retry", times);
		}

		@Override
		public String id() {
			return "retry";
		}

	}

	/**
	 * Tell the model what was wrong, and let it try again. Left out where the model has
	 * said nothing yet.
	 *
	 * @param times how often, at least one
	 */
	record Feedback(int times) implements Rung {

		/**
		 * Check the number.
		 * @param times how often
		 * @throws IllegalArgumentException if it is less than one
		 */
		public Feedback {
			RungText.check("feedback", times);
		}

		@Override
		public String id() {
			return "feedback";
		}

	}

	/**
	 * Shorten the conversation and make the call again. The system text and the latest
	 * turns stay. Left out where nothing is left to be shortened.
	 *
	 * @param times how often, at least one; each time less is kept
	 */
	record Compact(int times) implements Rung {

		/**
		 * Check the number.
		 * @param times how often
		 * @throws IllegalArgumentException if it is less than one
		 */
		public Compact {
			RungText.check("compact", times);
		}

		@Override
		public String id() {
			return "compact";
		}

	}

	/**
	 * Let the model sum the older half of the conversation up, and go on with that and
	 * the rest. Where it cannot, the half is dropped, as by {@link Compact}. Left out
	 * where nothing is left to be shortened.
	 *
	 * @param times how often, at least one; each time less is kept
	 */
	record Summarize(int times) implements Rung {

		/**
		 * Check the number.
		 * @param times how often
		 * @throws IllegalArgumentException if it is less than one
		 */
		public Summarize {
			RungText.check("summarize", times);
		}

		@Override
		public String id() {
			return "summarize";
		}

	}

	/**
	 * Go on with the next of the agent's fallback models, for the rest of the turn. Left
	 * out where there is none any more.
	 */
	record SwitchModel() implements Rung {

		/**
		 * More fallback models than anybody has.
		 */
		private static final int MANY = 1000;

		@Override
		public String id() {
			return "switch-model";
		}

		@Override
		public int times() {
			return MANY;
		}

	}

	/**
	 * Make the call again with other options, which stay for the rest of the turn.
	 *
	 * @param temperature the temperature, {@code null} to leave it
	 * @param maxTokens how many tokens the model may write, {@code null} to leave it
	 */
	record ChangeOptions(@Nullable Double temperature, @Nullable Integer maxTokens) implements Rung {

		/**
		 * Check the options.
		 * @param temperature the temperature
		 * @param maxTokens how many tokens
		 * @throws IllegalArgumentException if none is given or one is out of range
		 */
		public ChangeOptions {
			if (temperature == null && maxTokens == null) {
				throw new IllegalArgumentException(
						"Rung 'options' changes nothing: give temperature, max-tokens or both");
			}
			if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
				throw new IllegalArgumentException(
						"Rung 'options' has the temperature %s: 0 to 2 is allowed".formatted(temperature));
			}
			if (maxTokens != null && maxTokens < 1) {
				throw new IllegalArgumentException(
						"Rung 'options' has %d max-tokens: at least 1 is needed".formatted(maxTokens));
			}
		}

		@Override
		public String id() {
			return "options";
		}

		@Override
		public int times() {
			return 1;
		}

	}

	/**
	 * Crash the agent, so that its supervisor restarts it. The next life goes on with the
	 * turn where it was.
	 *
	 * @param times how often, at least one; the supervisor's budget of restarts counts as
	 * well
	 */
	record Restart(int times) implements Rung {

		/**
		 * Check the number.
		 * @param times how often
		 * @throws IllegalArgumentException if it is less than one
		 */
		public Restart {
			RungText.check("restart", times);
		}

		@Override
		public String id() {
			return "restart";
		}

	}

	/**
	 * Forget the conversation before this turn, and begin the turn anew.
	 */
	record RestartConversation() implements Rung {

		@Override
		public String id() {
			return "restart-conversation";
		}

		@Override
		public int times() {
			return 1;
		}

	}

	/**
	 * Ask a person, and wait as long as that takes: whoever approves lets the turn try
	 * again, whoever rejects ends it.
	 */
	record AskHuman() implements Rung {

		@Override
		public String id() {
			return "ask-human";
		}

		@Override
		public int times() {
			return 1;
		}

	}

	/**
	 * End the turn without an answer. The agent goes on with the next message, and what
	 * is needed to try again is kept. Every ladder ends with this, written or not.
	 */
	record GiveUp() implements Rung {

		@Override
		public String id() {
			return "give-up";
		}

		@Override
		public int times() {
			return 1;
		}

	}

}
