package io.switchboard.tree;

import java.util.Locale;

/**
 * What an entry of a trace tells of.
 *
 * @since 0.1.0
 */
public enum TraceKind {

	/**
	 * A life began.
	 */
	STARTED,

	/**
	 * A message was taken from the mailbox.
	 */
	MESSAGE,

	/**
	 * A message that the agent had sent itself for later, or for when it is idle, was
	 * taken.
	 */
	TIMER,

	/**
	 * The sender of a message was answered.
	 */
	ANSWERED,

	/**
	 * A message was answered with a failure that the agent survived.
	 */
	FAILED,

	/**
	 * A message is done.
	 */
	HANDLED,

	/**
	 * The handler of a message crashed.
	 */
	CRASHED,

	/**
	 * Something of an earlier life was kept from this one.
	 */
	STALE,

	/**
	 * A life ended.
	 */
	ENDED;

	/**
	 * The name as Actuator shows it.
	 * @return the name in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
