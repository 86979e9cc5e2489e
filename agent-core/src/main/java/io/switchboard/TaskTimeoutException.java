package io.switchboard;

import java.time.Duration;

/**
 * A task was not done in time and was ended.
 * <p>
 * Whether its work was done is unknown.
 *
 * @since 0.1.0
 */
public final class TaskTimeoutException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath path;

	private final Duration timeout;

	public TaskTimeoutException(AgentPath path, Duration timeout) {
		super("Task '%s' was not done within %s and was ended; allow more, or make it faster".formatted(path, timeout));
		this.path = path;
		this.timeout = timeout;
	}

	/**
	 * The task's address.
	 * @return the path
	 */
	public AgentPath path() {
		return this.path;
	}

	/**
	 * How long it was allowed to take.
	 * @return the time-out
	 */
	public Duration timeout() {
		return this.timeout;
	}

}
