package io.switchboard;

/**
 * What became of a message at the moment it was sent.
 * <p>
 * Sending never throws and never waits; whoever needs an exception turns the result into
 * one. A message that was {@link #ACCEPTED} is in the mailbox, no more: the agent may
 * still crash while handling it.
 *
 * @since 0.1.0
 */
public enum SendResult {

	/**
	 * The message is in the mailbox.
	 */
	ACCEPTED,

	/**
	 * The mailbox is full and its overflow policy turns new messages away.
	 */
	MAILBOX_FULL,

	/**
	 * The agent does not handle messages of this type; it never saw this one.
	 */
	UNSUPPORTED,

	/**
	 * The agent is on its way out and takes no more messages.
	 */
	STOPPING,

	/**
	 * Nothing lives at that path.
	 */
	NO_PROCESS,

	/**
	 * The sender's own life was ended by force, and its thread still runs: what it sends
	 * reaches nobody.
	 */
	STALE;

	/**
	 * Whether the message got into the mailbox.
	 * @return {@code true} for {@link #ACCEPTED}
	 */
	public boolean isAccepted() {
		return this == ACCEPTED;
	}

}
