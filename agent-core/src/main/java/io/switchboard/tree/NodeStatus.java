package io.switchboard.tree;

import java.util.Locale;

/**
 * What a node is doing.
 *
 * @since 0.1.0
 */
public enum NodeStatus {

	/**
	 * It is being started.
	 */
	STARTING,

	/**
	 * It is up.
	 */
	RUNNING,

	/**
	 * It is down and will be started again.
	 */
	RESTARTING,

	/**
	 * It is up, but handles no messages until it is resumed.
	 */
	SUSPENDED,

	/**
	 * It was asked to stop and has not ended yet.
	 */
	STOPPING,

	/**
	 * It is down and stays so until somebody starts it.
	 */
	STOPPED;

	/**
	 * The name as Actuator and the log show it.
	 * @return the name in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
