package io.switchboard.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A message that an incarnation sent itself for later. It dies with that incarnation.
 */
final class Reminder extends Envelope {

	private final Incarnation life;

	private final @Nullable ReplyTarget replyTo;

	Reminder(Incarnation life, Object message, long sentAt) {
		this(life, message, null, sentAt);
	}

	/**
	 * Make a reminder whose handling somebody waits for.
	 * @param life the incarnation
	 * @param message the message
	 * @param replyTo who waits, or {@code null} if nobody does
	 * @param sentAt when it was sent, by the runtime's clock, in nanoseconds
	 */
	Reminder(Incarnation life, Object message, @Nullable ReplyTarget replyTo, long sentAt) {
		super(message, sentAt);
		this.life = life;
		this.replyTo = replyTo;
	}

	Incarnation life() {
		return this.life;
	}

	@Override
	@Nullable ReplyTarget replyTo() {
		return this.replyTo;
	}

	@Override
	boolean isAbandoned() {
		return this.replyTo != null && this.replyTo.isAbandoned();
	}

	@Override
	void fail(Throwable cause) {
		if (this.replyTo != null) {
			this.replyTo.fail(cause);
		}
	}

}
