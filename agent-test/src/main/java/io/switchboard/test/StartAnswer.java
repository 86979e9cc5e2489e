package io.switchboard.test;

/**
 * How a start of an {@link AgentProbe} ends.
 *
 * @since 0.1.0
 */
public enum StartAnswer {

	/**
	 * It succeeds at once.
	 */
	OK,

	/**
	 * It declines without failing.
	 */
	IGNORE,

	/**
	 * It signals an error.
	 */
	ERROR,

	/**
	 * The factory throws, so there is not even a behaviour.
	 */
	THROW,

	/**
	 * It waits for {@link AgentProbe#releaseStart()}, perhaps for ever.
	 */
	HANG

}
