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
	 * Send a message to this agent when it has had nothing to do for a while after the
	 * current message. Any other message cancels it; looking at the agent from outside
	 * does not. A later call replaces it.
	 * @param delay how long to be idle; zero comes before all that waits
	 * @param message the message
	 */
	void sendWhenIdle(Duration delay, M message);

	/**
	 * Put the current message aside, to be handled again after {@link #unstashAll()} or
	 * by the next incarnation. Its asker goes on waiting; what the handler returns for it
	 * now is not an answer. For phases in which some messages come too early.
	 * @throws IllegalStateException if no message is being handled, or as many messages
	 * are put aside as the mailbox may hold
	 */
	void stash();

	/**
	 * Let all messages that were put aside be handled next, in the order they came.
	 */
	void unstashAll();

	/**
	 * Answer the current message later than its handler ends, so that other messages can
	 * be handled meanwhile. What the handler returns is then no answer.
	 * @return gives the answer
	 * @throws IllegalStateException if no message is being handled
	 */
	Reply deferReply();

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
	 * Say something to whoever starts this agent by hand, such as a port it listens on:
	 * it is handed over with the answer to that call. Works only within
	 * {@link Behaviour#onStart}; the latest call counts. Supervisors ignore it, so nobody
	 * hears it of an automatic start.
	 * @param info what to hand over
	 * @throws IllegalStateException if the start is over
	 */
	void startInfo(Object info);

	/**
	 * To be returned from {@link Behaviour#onStart}: decline this start without failing
	 * it. The supervisor goes on without this child.
	 * @return the publisher to return
	 */
	Mono<Void> ignoreStart();

}
