package io.switchboard;

/**
 * The answer to one request, to be given later than its handler ends.
 * <p>
 * Exactly one of {@link #send} and {@link #fail} counts, from any thread. If the
 * incarnation that deferred the answer ends first, the asker is told so, and what comes
 * later is dropped.
 *
 * @since 0.1.0
 * @see AgentContext#deferReply()
 */
public interface Reply {

	/**
	 * Answer.
	 * @param answer the answer
	 * @return {@code false} if nobody waits any more
	 */
	boolean send(Object answer);

	/**
	 * Answer with an error. The agent lives on.
	 * @param cause what went wrong
	 * @return {@code false} if nobody waits any more
	 */
	boolean fail(Throwable cause);

}
