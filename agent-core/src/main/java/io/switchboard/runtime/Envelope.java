package io.switchboard.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A message in a mailbox.
 *
 * @param message the message
 * @param replyTo who waits for an answer, or {@code null} if nobody does
 * @param sentAt when it was sent, by the runtime's clock, in nanoseconds
 */
record Envelope(Object message, @Nullable ReplyTarget replyTo, long sentAt) {

	/**
	 * Whether whoever sent this has left and wants the work no more.
	 * @return {@code true} if so
	 */
	boolean isAbandoned() {
		return this.replyTo != null && this.replyTo.isAbandoned();
	}

	Class<?> messageType() {
		return (this.message instanceof Reminder reminder) ? reminder.message().getClass() : this.message.getClass();
	}

	void fail(Throwable cause) {
		if (this.replyTo != null) {
			this.replyTo.fail(cause);
		}
	}

}
