package io.switchboard.runtime;

/**
 * Measures how the messages of agents fare: what you probably want is Micrometer's
 * meters, which the starter makes from this.
 * <p>
 * Several agents may share one, and it is called from many threads at once, between two
 * messages of an agent: be quick, do not block, do not throw. Where messages follow each
 * other at once, not each is measured by itself, as reading the clock would cost more
 * than handling them.
 *
 * @since 0.1.0
 */
public interface MailboxMeter {

	/**
	 * A message was taken from a mailbox, or a reminder was due.
	 */
	void taken();

	/**
	 * How long a message had waited that was just taken. Told of the first of up to 16
	 * that follow each other.
	 * @param nanos the time in nanoseconds
	 */
	void waited(long nanos);

	/**
	 * An agent had messages in hand, one after the other.
	 * @param nanos for how long in all, in nanoseconds
	 */
	void busy(long nanos);

}
