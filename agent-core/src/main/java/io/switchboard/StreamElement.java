package io.switchboard;

/**
 * An answer that knows whether it is the first or the last of its stream, so that a
 * message that is {@link io.switchboard.supervision.AgentSpec.Builder#redelivers
 * redelivered} has one beginning and one end, at whatever moment a life is cut off.
 * <p>
 * Whoever receives the stream is at its end with the last, also if the handler goes on or
 * its life ends before the handler is over: the message is not handled again then. A
 * first one that comes when the receiver has got something before is dropped.
 * <p>
 * You need this only for agents that redeliver. Nothing else asks for it.
 *
 * @since 0.1.0
 */
public interface StreamElement {

	/**
	 * Whether the stream is over with this element.
	 * @return {@code true} if so
	 */
	boolean last();

	/**
	 * Whether the stream begins with this element. Each life may send it.
	 * @return {@code true} if so; by default it does not matter
	 */
	default boolean first() {
		return false;
	}

}
