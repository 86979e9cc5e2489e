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

	/**
	 * What was sent, without what the runtime has wrapped it in.
	 * @return the message as the behaviour knows it
	 */
	Object content() {
		if (this.message instanceof Notice notice) {
			return notice.news();
		}
		return (this.message instanceof Reminder reminder) ? reminder.message() : this.message;
	}

	/**
	 * What the handler gets. May run the agent's code.
	 * @return the message
	 */
	Object open() {
		return (this.message instanceof Notice notice) ? notice.open() : content();
	}

	Class<?> messageType() {
		return content().getClass();
	}

	void fail(Throwable cause) {
		if (this.replyTo != null) {
			this.replyTo.fail(cause);
		}
	}

}
