package io.switchboard.runtime;

import io.switchboard.mailbox.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * A message in a mailbox, for which nobody awaits an answer.
 */
class Envelope extends Mailbox.Node {

	private final Object message;

	private final long sentAt;

	/**
	 * Make an envelope.
	 * @param message the message
	 * @param sentAt when it was sent, by the runtime's clock, in nanoseconds
	 */
	Envelope(Object message, long sentAt) {
		this.message = message;
		this.sentAt = sentAt;
	}

	final Object message() {
		return this.message;
	}

	final long sentAt() {
		return this.sentAt;
	}

	/**
	 * Who waits for an answer.
	 * @return the one, or {@code null} if nobody does
	 */
	@Nullable ReplyTarget replyTo() {
		return null;
	}

	/**
	 * Whether whoever sent this has left and wants the work no more.
	 * @return {@code true} if so
	 */
	boolean isAbandoned() {
		return false;
	}

	/**
	 * What was sent, without what the runtime has wrapped it in.
	 * @return the message as the behaviour knows it
	 */
	Object content() {
		return this.message;
	}

	/**
	 * What the handler gets. May run the agent's code.
	 * @return the message
	 */
	Object open() {
		return content();
	}

	final Class<?> messageType() {
		return content().getClass();
	}

	void fail(Throwable cause) {
	}

}
