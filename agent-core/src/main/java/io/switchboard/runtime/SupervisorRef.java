package io.switchboard.runtime;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.tree.ChildCounts;
import io.switchboard.tree.ChildInfo;
import reactor.core.publisher.Mono;

/**
 * The handle to manage a supervisor's children with.
 * <p>
 * All calls are lazy: nothing happens before subscription. They go through the
 * supervisor's own mailbox, so they are answered in the order of their subscriptions,
 * questions included. A static supervisor answers between two steps: while it waits for a
 * child to start or to stop, calls wait, too.
 * <p>
 * They fail with a {@link ChildOperationException} whose
 * {@link ChildOperationException#problem() problem} is OTP's answer. Do not wait for them
 * inside a child's own start or stop: the supervisor is waiting for that child.
 *
 * @since 0.1.0
 */
public interface SupervisorRef {

	/**
	 * Where the supervisor lives.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * Add a child behind the others and start it.
	 * @param child the child's specification
	 * @return the child once it is up; empty if its start declined
	 */
	Mono<StartedChild> startChild(ChildSpec child);

	/**
	 * Stop a child. A static supervisor keeps its specification, unless it is temporary;
	 * a dynamic one forgets it. A restart that is still tried is given up.
	 * @param id the child's name
	 * @return completes when it is down; also if it was down already
	 */
	Mono<Void> terminateChild(String id);

	/**
	 * Stop a child that is known by its path, see {@link #terminateChild(String)}.
	 * @param child the child's path; one that is not directly below this supervisor is
	 * {@link ChildOperationException.Problem#NOT_FOUND}, and nothing happens to it
	 * @return completes when it is down; also if it was down already
	 */
	Mono<Void> terminateChild(AgentPath child);

	/**
	 * Start a stopped child of a static supervisor again, at its old place in the order.
	 * This does not bounce a running one.
	 * @param id the child's name
	 * @return the child once it is up; empty if its start declined
	 */
	Mono<StartedChild> restartChild(String id);

	/**
	 * Forget a stopped child of a static supervisor.
	 * @param id the child's name
	 * @return completes when it is forgotten
	 */
	Mono<Void> deleteChild(String id);

	/**
	 * List the children, stopped and restarting ones included.
	 * @return the children in start order, which for those of a dynamic supervisor is the
	 * order in which they were added
	 */
	Mono<List<ChildInfo>> children();

	/**
	 * Look one child up.
	 * @param id the child's name
	 * @return the child as it would be listed
	 */
	Mono<ChildInfo> child(String id);

	/**
	 * Count the children.
	 * @return the counts; a dynamic supervisor has as many specifications as children
	 */
	Mono<ChildCounts> counts();

	/**
	 * Ask for a child's specification.
	 * @param id the child's name
	 * @return the specification with all defaults filled in
	 */
	Mono<ChildSpec> spec(String id);

}
