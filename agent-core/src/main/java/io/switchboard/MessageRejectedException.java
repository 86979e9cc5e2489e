package io.switchboard;

/**
 * A request did not get into the agent's mailbox; the agent never saw it.
 *
 * @since 0.1.0
 */
public final class MessageRejectedException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath path;

	private final SendResult result;

	/**
	 * Report a message that was turned away.
	 * @param path the agent's address
	 * @param result why it was turned away
	 * @param detail the sentence to append: what came in, what is allowed, what to do
	 */
	public MessageRejectedException(AgentPath path, SendResult result, String detail) {
		super("Agent '%s' did not take the message (%s): %s".formatted(path, result, detail));
		this.path = path;
		this.result = result;
	}

	/**
	 * The agent's address.
	 * @return the path
	 */
	public AgentPath path() {
		return this.path;
	}

	/**
	 * Why the message was turned away; never {@link SendResult#ACCEPTED}.
	 * @return the outcome of the send
	 */
	public SendResult result() {
		return this.result;
	}

}
