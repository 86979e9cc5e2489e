package io.switchboard.runtime;

import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import reactor.core.publisher.Mono;

/**
 * The operator's hands on one node, after OTP's {@code sys}.
 * <p>
 * All calls are lazy, overtake what waits in the mailbox, and do not count as activity of
 * an agent. They fail with a {@link ChildOperationException} where nothing runs, and
 * complete when the node has done what was asked, which for an agent is never beside a
 * message: a handler under way is waited for.
 *
 * @since 0.1.0
 */
public interface NodeControl {

	/**
	 * Where the node lives.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * Handle nothing until resumed: what arrives waits, in order. A suspended supervisor
	 * restarts nothing meanwhile. The current life only: a restart lifts it.
	 * @return completes when the node is suspended
	 */
	Mono<Void> suspend();

	/**
	 * Go on after a suspension.
	 * @return completes when the node goes on; also if it was not suspended
	 */
	Mono<Void> resume();

	/**
	 * End the node's current life at once, without cleanup, as a crash would: its
	 * supervisor decides what comes next.
	 * @return completes when the end was set off
	 */
	Mono<Void> kill();

	/**
	 * Look at an agent's state.
	 * @return the state; empty if the behaviour is not a
	 * {@link io.switchboard.StatefulBehaviour}
	 */
	Mono<Object> state();

	/**
	 * Replace an agent's state.
	 * @param change makes the new state from the old one; if it fails, nothing changes
	 * @return the new state; an error if the behaviour is not a
	 * {@link io.switchboard.StatefulBehaviour}
	 */
	Mono<Object> replaceState(UnaryOperator<Object> change);

}
