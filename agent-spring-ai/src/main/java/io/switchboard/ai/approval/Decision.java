package io.switchboard.ai.approval;

import java.util.Objects;

/**
 * What a person decides when a turn asks.
 *
 * @since 0.1.0
 */
public sealed interface Decision {

	/**
	 * Go on: make the call as it is, or try again after a failure.
	 *
	 * @since 0.1.0
	 */
	record Approve() implements Decision {

	}

	/**
	 * Go on, but differently.
	 *
	 * @param text the arguments to make the call with, a JSON object as the tool's schema
	 * has it; after a failure, what to tell the model before it tries again
	 * @since 0.1.0
	 */
	record Edit(String text) implements Decision {

		/**
		 * Check the text.
		 * @param text the arguments, or what to tell the model
		 * @throws IllegalArgumentException if it is blank
		 */
		public Edit {
			Objects.requireNonNull(text, "'text' must not be null");
			if (text.isBlank()) {
				throw new IllegalArgumentException(
						"The decision to edit has a blank text: give the arguments of the call as a JSON object, "
								+ "or what to tell the model");
			}
		}

	}

	/**
	 * Do not go on: the call is not made, which the model is told; after a failure the
	 * turn is given up.
	 *
	 * @param reason why, for the model; blank if it is not told
	 * @since 0.1.0
	 */
	record Reject(String reason) implements Decision {

		/**
		 * Check the reason.
		 * @param reason why
		 */
		public Reject {
			Objects.requireNonNull(reason, "'reason' must not be null");
		}

	}

}
