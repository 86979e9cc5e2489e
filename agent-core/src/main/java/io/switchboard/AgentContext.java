package io.switchboard;

import java.time.Duration;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What an incarnation sees of the runtime.
 * <p>
 * A context belongs to one incarnation and dies with it: what an old context schedules or
 * sends to itself later is dropped and counted. Do not hand it to other agents; give them
 * {@link #self()}.
 *
 * @param <M> the type of message the agent takes
 * @since 0.1.0
 */
public interface AgentContext<M> {

	/**
	 * Where this agent lives.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * The number of this life at its path, from one upwards.
	 * @return the incarnation
	 */
	long incarnation();

	/**
	 * This agent's own address, to be given to others.
	 * @return the reference; it stays good over restarts
	 */
	AgentRef<M> self();

	/**
	 * Another agent's address.
	 * @param path its path
	 * @param <T> the type of message it takes; not checked here, but when a message is
	 * sent
	 * @return the reference, also if nothing lives there now
	 */
	<T> AgentRef<T> agent(AgentPath path);

	/**
	 * The runtime's executor and clock. Use it for operators that need a time or a
	 * thread, so that tests can turn the clock.
	 * @return the scheduler
	 */
	Scheduler scheduler();

	/**
	 * Where work that blocks its thread belongs, apart from the agents' own workers.
	 * @return the scheduler
	 */
	Scheduler blockingScheduler();

	/**
	 * Send a message to this agent after a while. The timer ends with the incarnation.
	 * @param delay how long to wait
	 * @param message the message
	 * @return disposes the timer; a message that is already in the mailbox stays there
	 */
	Disposable sendAfter(Duration delay, M message);

	/**
	 * Stop with reason {@link ExitReason#normal()} once the current message is handled.
	 */
	default void stop() {
		stop(ExitReason.normal());
	}

	/**
	 * Stop once the current message is handled. Whether the agent comes back is the
	 * supervisor's decision.
	 * @param reason why it stops
	 */
	void stop(ExitReason reason);

	/**
	 * To be returned from {@link Behaviour#onStart}: decline this start without failing
	 * it. The supervisor goes on without this child.
	 * @return the publisher to return
	 */
	Mono<Void> ignoreStart();

}
