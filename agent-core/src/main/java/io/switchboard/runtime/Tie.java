package io.switchboard.runtime;

import io.switchboard.Terminated;

/**
 * Something that has to be told when a life ends.
 */
interface Tie {

	/**
	 * The life whose end it has to be told of.
	 * @return the life's number
	 */
	long life();

	/**
	 * What makes this one different from the others of that life. There is one tie of a
	 * kind; most are of their own.
	 * @return the kind
	 */
	default Object kind() {
		return this;
	}

	/**
	 * The life has ended. Called once at most, by whoever ended it: do not block, and run
	 * nobody's code.
	 * @param end how it ended
	 */
	void lifeEnded(Terminated end);

}
