package io.switchboard;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The user's code for an agent.
 * <p>
 * Keep state in ordinary fields: one message is handled at a time, and what one handler
 * wrote the next one reads. A behaviour object lives for one incarnation; a restart makes
 * a fresh one through the factory in the agent's specification, so nothing broken is
 * carried over.
 * <p>
 * Do not catch what you cannot mend. An exception, or an error signal of the returned
 * publisher, ends this incarnation, and the supervisor decides what happens next. To
 * answer one request with an error and live on, signal a {@link RequestFailedException}.
 * <p>
 * Methods run on the runtime's workers. A method that blocks its thread belongs in an
 * agent that is specified as blocking.
 *
 * @param <M> the type of message this behaviour handles
 * @since 0.1.0
 */
@FunctionalInterface
public interface Behaviour<M> {

	/**
	 * Prepare to work. The supervisor waits for it before it starts the next child, so
	 * keep it short. An error is a failed start.
	 * @param context this incarnation's view of the runtime
	 * @return completes when the agent is ready; {@link AgentContext#ignoreStart()} to
	 * decline the start
	 * @throws Exception if the start fails
	 */
	default Mono<Void> onStart(AgentContext<M> context) throws Exception {
		return Mono.empty();
	}

	/**
	 * Do what may take its time before the first message, such as warming up. The
	 * supervisor does not wait for it, but messages do, also those that were there
	 * before. An error ends this incarnation.
	 * @param context this incarnation's view of the runtime
	 * @return completes when messages may come
	 * @throws Exception to end this incarnation
	 */
	default Mono<Void> onStarted(AgentContext<M> context) throws Exception {
		return Mono.empty();
	}

	/**
	 * Handle a message. The next message waits until the returned publisher has ended.
	 * @param message the message
	 * @param context this incarnation's view of the runtime
	 * @return the answer: {@link Mono#empty()} for none, a {@code Mono} for one, a
	 * {@code Flux} for many; never {@code null}
	 * @throws Exception to end this incarnation
	 */
	Publisher<?> onMessage(M message, AgentContext<M> context) throws Exception;

	/**
	 * Clean up. Runs when the agent was asked to stop, has stopped itself, has crashed or
	 * ends with a linked partner, bounded by the agent's shutdown time; does not run when
	 * it was killed itself. An error here replaces the exit reason.
	 * @param reason why the incarnation ends
	 * @param context this incarnation's view of the runtime
	 * @return completes when all is clean
	 * @throws Exception if the cleanup fails
	 */
	default Mono<Void> onStop(ExitReason reason, AgentContext<M> context) throws Exception {
		return Mono.empty();
	}

}
