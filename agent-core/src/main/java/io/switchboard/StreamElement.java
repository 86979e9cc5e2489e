package io.switchboard;

/**
 * An answer that knows whether it is the last of its stream. Whoever receives the stream
 * is at its end with that, also if the handler goes on or its life ends before the
 * handler is over: a message that is
 * {@link io.switchboard.supervision.AgentSpec.Builder#redelivers redelivered} is not
 * handled again then, and no end comes twice.
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

}
