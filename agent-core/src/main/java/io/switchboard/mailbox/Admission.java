package io.switchboard.mailbox;

/**
 * What became of an element that was offered to a {@link Mailbox}.
 *
 * @since 0.1.0
 */
public enum Admission {

	/**
	 * It is in, and nothing was offered since the consumer looked last: whoever offered
	 * it has to wake the consumer.
	 */
	FIRST,

	/**
	 * It is in behind another, whose producer wakes the consumer.
	 */
	BEHIND,

	/**
	 * The mailbox is full, and it is not in.
	 */
	REFUSED

}
