package io.switchboard.supervision;

import io.switchboard.Behaviour;

/**
 * Makes the behaviour of one incarnation. Called at every start; it must return a new
 * object each time, or state would survive the crash it is blamed for.
 *
 * @param <M> the type of message the behaviour handles
 * @since 0.1.0
 */
@FunctionalInterface
public interface BehaviourFactory<M> {

	/**
	 * Make a behaviour.
	 * @return a behaviour that was never returned before
	 * @throws Exception if it cannot be made, which is a failed start
	 */
	Behaviour<M> create() throws Exception;

}
