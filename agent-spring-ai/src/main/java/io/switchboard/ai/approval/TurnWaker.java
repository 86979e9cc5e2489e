package io.switchboard.ai.approval;

import io.switchboard.AgentPath;

/**
 * Sends turns to their agents again that have left memory as they waited for people.
 * <p>
 * Whoever accepts turns in a durable journal provides one; the auto-configuration does
 * for turns over HTTP. Where there is none, no turn leaves memory.
 *
 * @since 0.1.0
 * @see Approvals#wakeWith
 */
@FunctionalInterface
public interface TurnWaker {

	/**
	 * A turn has to go on, or something else waits for its end: send it to its agent
	 * again, with the same id. What is asked for twice needs to be done once. Where a
	 * turn cannot go on any more, {@link Approvals#over} says so.
	 * <p>
	 * Called by whoever decides, and by agents, so it must not block.
	 * @param agent who led the turn
	 * @param turn the turn's id
	 */
	void wake(AgentPath agent, String turn);

}
