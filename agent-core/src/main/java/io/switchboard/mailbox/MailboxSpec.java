package io.switchboard.mailbox;

import java.util.Objects;

/**
 * How many messages may wait in front of an agent, and what happens to one more.
 *
 * @param capacity messages that may wait, at least one; the message in hand does not
 * count
 * @param overflow what a full mailbox does
 * @since 0.1.0
 */
public record MailboxSpec(int capacity, OverflowPolicy overflow) {

	/**
	 * Messages that may wait unless told otherwise.
	 */
	public static final int DEFAULT_CAPACITY = 1000;

	private static final MailboxSpec DEFAULTS = new MailboxSpec(DEFAULT_CAPACITY, OverflowPolicy.REJECT);

	public MailboxSpec {
		if (capacity < 1) {
			throw new IllegalArgumentException(
					"Mailbox capacity %d is too small: at least 1 is needed".formatted(capacity));
		}
		Objects.requireNonNull(overflow, "'overflow' must not be null");
	}

	/**
	 * {@value #DEFAULT_CAPACITY} messages, then {@link OverflowPolicy#REJECT}.
	 * @return the default
	 */
	public static MailboxSpec defaults() {
		return DEFAULTS;
	}

	/**
	 * Change the capacity.
	 * @param capacity messages that may wait
	 * @return a changed copy
	 */
	public MailboxSpec withCapacity(int capacity) {
		return new MailboxSpec(capacity, this.overflow);
	}

	/**
	 * Change the overflow policy.
	 * @param overflow what a full mailbox does
	 * @return a changed copy
	 */
	public MailboxSpec withOverflow(OverflowPolicy overflow) {
		return new MailboxSpec(this.capacity, overflow);
	}

}
