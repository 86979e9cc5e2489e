package io.switchboard.mailbox;

/**
 * What a full mailbox does with one more message.
 * <p>
 * You probably want {@link #REJECT}: the sender learns at once that the agent is behind.
 *
 * @since 0.1.0
 */
public enum OverflowPolicy {

	/**
	 * Turn the new message away and tell the sender.
	 */
	REJECT,

	/**
	 * Take the new message and drop the one that has waited longest; the asker of the
	 * dropped one is told. For readings and ticks of which only the newest count.
	 */
	DROP_OLDEST

}
