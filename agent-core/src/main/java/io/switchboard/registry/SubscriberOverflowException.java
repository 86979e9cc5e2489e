package io.switchboard.registry;

import io.switchboard.AgentException;

/**
 * A subscriber fell so far behind that its subscription was ended, as it had chosen.
 *
 * @since 0.1.0
 */
public final class SubscriberOverflowException extends AgentException {

	private static final long serialVersionUID = 1L;

	SubscriberOverflowException(String source, int capacity) {
		super(("A subscriber of %s did not keep up: %d elements wait already; let more wait, drop some, "
				+ "or subscribe again")
			.formatted(source, capacity));
	}

}
