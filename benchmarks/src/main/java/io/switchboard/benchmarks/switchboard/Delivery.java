package io.switchboard.benchmarks.switchboard;

/**
 * What the subscriber of a session gets.
 */
sealed interface Delivery {

	/**
	 * A token.
	 *
	 * @param due when it was due
	 * @param text what it says
	 */
	record Token(long due, String text) implements Delivery {

	}

	/**
	 * Nothing more to come.
	 */
	enum End implements Delivery {

		/** The end. */
		END

	}

}
