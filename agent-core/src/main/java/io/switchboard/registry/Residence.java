package io.switchboard.registry;

import io.switchboard.SendResult;

/**
 * An owner that is there now, and its mailbox. For those who build a runtime.
 *
 * @since 0.1.0
 */
public interface Residence extends Lifetime {

	/**
	 * Whose this is.
	 * @return the owner that was looked for
	 */
	Owner owner();

	/**
	 * Send a message to the agent that lives here now. Never starts one.
	 * @param message the message
	 * @return what became of it; the runtime shows anything but
	 * {@link SendResult#ACCEPTED} as a dead letter
	 */
	SendResult tell(Object message);

}
