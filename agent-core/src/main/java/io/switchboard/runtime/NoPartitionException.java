package io.switchboard.runtime;

import io.switchboard.AgentException;
import io.switchboard.AgentPath;

/**
 * No partition is responsible for a key now.
 *
 * @since 0.1.0
 */
public final class NoPartitionException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath supervisor;

	private final int size;

	NoPartitionException(AgentPath supervisor, int size, String message) {
		super(message);
		this.supervisor = supervisor;
		this.size = size;
	}

	/**
	 * The partition supervisor.
	 * @return its path
	 */
	public AgentPath supervisor() {
		return this.supervisor;
	}

	/**
	 * How many partitions were in use.
	 * @return the number
	 */
	public int size() {
		return this.size;
	}

}
