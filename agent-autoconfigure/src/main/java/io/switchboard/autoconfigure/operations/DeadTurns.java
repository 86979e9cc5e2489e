package io.switchboard.autoconfigure.operations;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * Where turns are kept that were given up, whatever makes turns.
 */
interface DeadTurns {

	/**
	 * What is kept.
	 * @return the turns, the latest first
	 */
	List<DeadTurn> all();

	/**
	 * Forget a turn.
	 * @param agent who led it
	 * @param turn its id
	 * @return whether it was there
	 */
	boolean drop(AgentPath agent, String turn);

	/**
	 * Send a turn to its agent once more.
	 * @param agent who led it
	 * @param turn its id
	 * @return what became of it, or {@code null} if it is not there; it stays where its
	 * agent does not take it
	 */
	@Nullable SendResult replay(AgentPath agent, String turn);

}
