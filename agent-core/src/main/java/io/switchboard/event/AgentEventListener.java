package io.switchboard.event;

/**
 * Told of everything that happens in a tree, at once and in order per node.
 * <p>
 * Called on the runtime's own threads: return quickly and do not block. An exception is
 * logged and changes nothing.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AgentEventListener {

	/**
	 * Something happened.
	 * @param event what happened
	 */
	void onEvent(AgentEvent event);

}
