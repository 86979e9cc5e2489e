package io.switchboard.runtime;

import java.util.List;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import io.switchboard.tree.NodeInspection;
import io.switchboard.tree.TraceEntry;
import io.switchboard.tree.TreeCut;
import org.jspecify.annotations.Nullable;
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
	 * Take no more messages from others, finish what waits, over restarts if need be, and
	 * then stop as {@link SupervisorRef#terminateChild} does. Senders are told
	 * {@link io.switchboard.SendResult#STOPPING}, and so is the agent if it tells its own
	 * reference something. What it sends itself by
	 * {@link io.switchboard.AgentContext#sendAfter} is handled, too, unless it is for
	 * later. What it has put aside and not taken back when nothing else waits is lost, as
	 * with any stop.
	 * <p>
	 * Once asked for, it goes on whether or not somebody waits for it. It cannot be taken
	 * back; stop the agent to end it early.
	 * @return completes when the agent is down; fails if somebody else has stopped it, or
	 * if it is a supervisor, which takes no messages
	 */
	Mono<Void> drain();

	/**
	 * Tell the world that somebody has done something to this node, or tried to, as an
	 * {@link io.switchboard.event.AgentEvent.Operated Operated} event.
	 * @param action what was to be done
	 * @param operator who asked for it, or {@code null} if that is not known
	 * @param outcome {@code done}, or in a word why not
	 * @return completes when the listeners have been told; never fails
	 */
	Mono<Void> report(String action, @Nullable String operator, String outcome);

	/**
	 * End the node's current life at once, without cleanup, as a crash would: its
	 * supervisor decides what comes next.
	 * @return completes when the end was set off
	 */
	Mono<Void> kill();

	/**
	 * Look at an agent's state as it is, for code. For people there is
	 * {@link #inspect()}.
	 * @return the state; empty if the behaviour is not a
	 * {@link io.switchboard.StatefulBehaviour}
	 */
	Mono<Object> state();

	/**
	 * Look at a node as an operator does: what it is doing, what it has done, and its
	 * state as the {@link io.switchboard.report.Sanitizer} lets it be seen. Unlike the
	 * other calls this one does not wait for a handler under way for long: after a second
	 * the answer comes without the state. A node that is down can be looked at, too.
	 * @return what there is to be seen
	 */
	default Mono<NodeInspection> inspect() {
		return inspect(TreeCut.NONE);
	}

	/**
	 * Look at a node as an operator does, and at some of what is below it.
	 * @param cut how much of that to show
	 * @return what there is to be seen
	 * @see #inspect()
	 */
	Mono<NodeInspection> inspect(TreeCut cut);

	/**
	 * Begin to write down what an agent does. It costs time and memory until it is ended,
	 * and goes on over restarts. A call while there is a trace begins a new one.
	 * @param capacity how many of the latest entries to keep, from one to 10,000
	 * @return completes when the trace has begun; an error for a supervisor, which takes
	 * no messages
	 */
	Mono<Void> trace(int capacity);

	/**
	 * End a trace and forget it.
	 * @return completes when it has ended; also if there was none
	 */
	Mono<Void> stopTrace();

	/**
	 * Read a trace. It goes on.
	 * @return the latest entries, oldest first; empty if there is no trace
	 */
	Mono<List<TraceEntry>> traced();

	/**
	 * Replace an agent's state.
	 * @param change makes the new state from the old one; if it fails, nothing changes
	 * @return the new state; an error if the behaviour is not a
	 * {@link io.switchboard.StatefulBehaviour}
	 */
	Mono<Object> replaceState(UnaryOperator<Object> change);

}
