package io.switchboard;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The handle to talk to an agent with.
 * <p>
 * A reference stands for a path, so it stays good over restarts and may be kept, shared
 * and used from any thread. Choose {@link #tell} to send and forget, {@link #ask} for one
 * answer and {@link #stream} for many.
 * <p>
 * Messages of one sender arrive in the order sent; nothing is promised across senders.
 *
 * @param <M> the type of message the agent takes
 * @since 0.1.0
 */
public interface AgentRef<M> {

	/**
	 * Where the agent lives.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * Send a message and forget it.
	 * @param message the message
	 * @return what became of it; anything but {@link SendResult#ACCEPTED} also shows as a
	 * dead letter
	 */
	SendResult tell(M message);

	/**
	 * Send a message and wait for one answer, as long as the system's ask time-out
	 * allows.
	 * @param message the message
	 * @param replyType the type of the answer
	 * @param <R> the type of the answer
	 * @return the answer
	 * @see #ask(Object, Class, Duration)
	 */
	<R> Mono<R> ask(M message, Class<R> replyType);

	/**
	 * Send a message on subscription and wait for one answer.
	 * <p>
	 * The answer is the last element of what the handler returned, or empty if it
	 * returned none. The returned {@code Mono} fails with an {@link AgentExitedException}
	 * if the incarnation that took the message ends first, {@link AskTimeoutException}
	 * when time is up, {@link MessageRejectedException} if the message was not accepted,
	 * {@link RequestFailedException} if the agent answered with an error, and
	 * {@link AskCycleException} if the agent waits, while handling a message, for this
	 * very answer.
	 * <p>
	 * A time-out or a cancelled subscription ends the waiting, not the work: the agent
	 * goes on with the message, and its late answer is dropped. Use {@link #stream} if
	 * leaving should stop the work.
	 * @param message the message
	 * @param replyType the type of the answer; anything else is a
	 * {@link ClassCastException}
	 * @param timeout how long to wait
	 * @param <R> the type of the answer
	 * @return the answer; each subscription sends the message again
	 */
	<R> Mono<R> ask(M message, Class<R> replyType, Duration timeout);

	/**
	 * Send a message on subscription and receive every element that the handler answers
	 * with, at the subscriber's pace.
	 * <p>
	 * Cancelling the subscription cancels the handler's publisher, and the agent turns to
	 * its next message; a message that still waits in the mailbox is skipped. There is no
	 * time-out. Errors are those of {@link #ask(Object, Class, Duration) ask}.
	 * @param message the message
	 * @param elementType the type of the elements; anything else is a
	 * {@link ClassCastException}
	 * @param <R> the type of the elements
	 * @return the elements; each subscription sends the message again
	 */
	<R> Flux<R> stream(M message, Class<R> elementType);

}
