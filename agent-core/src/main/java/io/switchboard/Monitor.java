package io.switchboard;

/**
 * A watch that an agent keeps on one life of another node, see
 * {@link AgentContext#monitor}.
 * <p>
 * It ends with its one notice, when it is cancelled, or with the life that made it,
 * whichever is first. It may be used from any thread.
 *
 * @since 0.1.0
 */
public interface Monitor {

	/**
	 * The node that is watched.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * Watch no longer. If this returns {@code true}, the notice is never handled, even if
	 * it was in the mailbox already.
	 * @return whether the notice is prevented; {@code false} if it was handled, or is
	 * being handled now
	 */
	boolean cancel();

}
