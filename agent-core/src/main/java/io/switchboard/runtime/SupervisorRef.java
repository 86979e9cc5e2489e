package io.switchboard.runtime;

import io.switchboard.AgentPath;
import io.switchboard.supervision.ChildSpec;
import reactor.core.publisher.Mono;

/**
 * The handle to manage a supervisor's children with.
 * <p>
 * All calls are lazy: nothing happens before subscription. They fail with a
 * {@link ChildOperationException} whose {@link ChildOperationException#problem() problem}
 * is OTP's answer. Do not wait for them inside a child's own start or stop: the
 * supervisor is waiting for that child.
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
	 * @return the path of the child once it is up; empty if its start declined
	 */
	Mono<AgentPath> startChild(ChildSpec child);

	/**
	 * Stop a child. A static supervisor keeps its specification, unless it is temporary;
	 * a dynamic one forgets it.
	 * @param id the child's name
	 * @return completes when it is down; also if it was down already
	 */
	Mono<Void> terminateChild(String id);

	/**
	 * Start a stopped child of a static supervisor again. This does not bounce a running
	 * one.
	 * @param id the child's name
	 * @return completes when it is up
	 */
	Mono<Void> restartChild(String id);

	/**
	 * Forget a stopped child of a static supervisor.
	 * @param id the child's name
	 * @return completes when it is forgotten
	 */
	Mono<Void> deleteChild(String id);

}
