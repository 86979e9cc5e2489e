package io.switchboard;

/**
 * The incarnation that had taken a request ended before it answered.
 * <p>
 * Whether the work was done is unknown. The agent may be back already: asking again is
 * safe if the request may be handled twice.
 *
 * @since 0.1.0
 */
public final class AgentExitedException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath path;

	private final long incarnation;

	private final transient ExitReason reason;

	public AgentExitedException(AgentPath path, long incarnation, ExitReason reason) {
		super("Agent '%s' (incarnation %d) ended before it answered: %s".formatted(path, incarnation, reason),
				reason.cause());
		this.path = path;
		this.incarnation = incarnation;
		this.reason = reason;
	}

	/**
	 * The agent's address.
	 * @return the path
	 */
	public AgentPath path() {
		return this.path;
	}

	/**
	 * The life that ended; zero if the agent never started.
	 * @return the incarnation
	 */
	public long incarnation() {
		return this.incarnation;
	}

	/**
	 * Why it ended.
	 * @return the reason
	 */
	public ExitReason reason() {
		return this.reason;
	}

}
