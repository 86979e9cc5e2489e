package io.switchboard;

import java.time.Duration;

/**
 * No answer came in time. The agent goes on with the message; its late answer is dropped.
 *
 * @since 0.1.0
 */
public final class AskTimeoutException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath path;

	private final Duration timeout;

	public AskTimeoutException(AgentPath path, Duration timeout) {
		super("Agent '%s' did not answer within %s; it goes on with the message and its late answer is dropped"
			.formatted(path, timeout));
		this.path = path;
		this.timeout = timeout;
	}

	/**
	 * The agent that was asked.
	 * @return the path
	 */
	public AgentPath path() {
		return this.path;
	}

	/**
	 * How long the asker waited.
	 * @return the time-out
	 */
	public Duration timeout() {
		return this.timeout;
	}

}
