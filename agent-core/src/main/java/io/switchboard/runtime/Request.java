package io.switchboard.runtime;

/**
 * A message for which somebody awaits an answer.
 */
final class Request extends Envelope {

	private final ReplyTarget replyTo;

	/**
	 * Make a request.
	 * @param message the message
	 * @param replyTo who waits for an answer
	 * @param sentAt when it was sent, by the runtime's clock, in nanoseconds
	 */
	Request(Object message, ReplyTarget replyTo, long sentAt) {
		super(message, sentAt);
		this.replyTo = replyTo;
	}

	@Override
	ReplyTarget replyTo() {
		return this.replyTo;
	}

	@Override
	boolean isAbandoned() {
		return this.replyTo.isAbandoned();
	}

	@Override
	void fail(Throwable cause) {
		this.replyTo.fail(cause);
	}

}
