package io.switchboard.test;

import java.util.Locale;

/**
 * What an {@link AgentProbe} reports.
 *
 * @since 0.1.0
 */
public enum ProbeEvent {

	/**
	 * A start was attempted; a behaviour was asked for.
	 */
	START,

	/**
	 * The start succeeded.
	 */
	STARTED,

	/**
	 * A message was taken. The detail is the message.
	 */
	MESSAGE,

	/**
	 * The cleanup was called, because the probe was asked to stop, has stopped itself or
	 * has crashed. The detail is the reason.
	 */
	STOP,

	/**
	 * The incarnation is over, as its supervisor was told. The detail is the reason.
	 */
	GONE;

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
