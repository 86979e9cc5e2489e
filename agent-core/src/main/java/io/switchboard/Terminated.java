package io.switchboard;

import java.util.Objects;

/**
 * The news that a life at a path has ended, or that there is none.
 * <p>
 * It tells of one life, not of the path: a node that is restarted sends one for each life
 * that was watched. Watch again if you want to hear of the next life.
 *
 * @param path the node
 * @param incarnation the life that ended, or zero if there was none
 * @param reason why it ended; {@link ExitReason#noProcess()} if there was none
 * @since 0.1.0
 * @see AgentContext#monitor
 */
public record Terminated(AgentPath path, long incarnation, ExitReason reason) {

	public Terminated {
		Objects.requireNonNull(path, "'path' must not be null");
		Objects.requireNonNull(reason, "'reason' must not be null");
	}

}
