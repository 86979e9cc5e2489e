package io.switchboard.autoconfigure;

/**
 * What the application does when the root supervisor ends by itself, because its restart
 * budget is spent.
 *
 * @since 0.1.0
 */
public enum RootExitAction {

	/**
	 * Log it and go on without agents. For applications that do more than run agents.
	 */
	STAY,

	/**
	 * Close the application context, so that the platform starts the application again.
	 */
	CLOSE_CONTEXT

}
