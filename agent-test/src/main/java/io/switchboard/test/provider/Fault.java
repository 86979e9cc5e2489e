package io.switchboard.test.provider;

/**
 * What goes wrong in the middle of an answer.
 *
 * @since 0.1.0
 */
public enum Fault {

	/**
	 * Not one byte more, and the connection stays open.
	 */
	STALL,

	/**
	 * The connection is closed in the regular way, without an end of the answer.
	 */
	CLOSE,

	/**
	 * The connection is reset. What the client has not read yet may be lost with it.
	 */
	RESET,

	/**
	 * A piece of JSON that breaks off; the answer then ends as if nothing was wrong.
	 */
	MALFORMED,

	/**
	 * An error that the provider itself tells of; the answer ends with it.
	 */
	ERROR

}
