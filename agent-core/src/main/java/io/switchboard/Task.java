package io.switchboard;

import reactor.core.publisher.Mono;

/**
 * A task that was started and is waited for later, or never.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public interface Task<T> {

	/**
	 * Where the task lives.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * Wait for the answer, as often as you like. Giving up, by cancelling or by a
	 * {@code timeout}, ends the waiting only; the task goes on.
	 * @return the last element of the work, or empty if it has none, at once if it is
	 * there already; errors are those of {@link Tasks}
	 */
	Mono<T> await();

	/**
	 * End the task at once, unless it has ended. Who waits gets an
	 * {@link AgentExitedException}.
	 * @return completes when the task is gone; never fails
	 */
	Mono<Void> shutdown();

}
