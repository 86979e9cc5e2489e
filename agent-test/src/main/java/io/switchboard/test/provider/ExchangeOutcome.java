package io.switchboard.test.provider;

/**
 * How a request to the {@link FakeProvider} stands.
 *
 * @since 0.1.0
 */
public enum ExchangeOutcome {

	/**
	 * The answer is under way, or stalled.
	 */
	OPEN,

	/**
	 * The whole answer was handed to the network, an error answer too.
	 */
	ANSWERED,

	/**
	 * The provider cut the connection, as scripted or because it was closed.
	 */
	CUT,

	/**
	 * The client closed its connection before the answer was complete.
	 */
	CLOSED_BY_CLIENT

}
