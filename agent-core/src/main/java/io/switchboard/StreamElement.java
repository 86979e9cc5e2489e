package io.switchboard;

/**
 * An answer that knows its place in its stream, so that the stream of a message that is
 * {@link io.switchboard.supervision.AgentSpec.Builder#redelivers redelivered} has each of
 * these once, at whatever moment a life is cut off.
 * <p>
 * Whoever receives the stream is at its end with the last, also if the handler goes on or
 * its life ends before the handler is over: the message is not handled again then.
 * <p>
 * A life does not know how much of what the one before it said was heard. So it says all
 * of it {@linkplain #again() again}, and the receiver gets what is missing.
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
	 * Whether each life says this element again, from the first of the stream on and in
	 * the same order. As many of them as the receiver has got are dropped then; what they
	 * are is not compared.
	 * @return {@code true} if so; by default an element is said by one life
	 */
	default boolean again() {
		return false;
	}

}
