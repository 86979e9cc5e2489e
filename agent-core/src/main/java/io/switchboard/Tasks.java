package io.switchboard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs pieces of work that have a life of their own: each is a temporary child of one
 * dynamic supervisor, so it is seen in the tree, limited in number and stopped with the
 * supervisor, and its crash is its own affair.
 * <p>
 * You probably want {@link #run(Supplier)} for one answer, {@link #runBlocking(Callable)}
 * if the work blocks its thread, and {@link #stream} for one answer for each of many
 * items. An agent gets this from {@link AgentContext#tasks}, an application from its
 * system.
 * <p>
 * What a caller can rely on:
 * <ul>
 * <li>Nothing happens before subscription, and each subscription is a task.</li>
 * <li>When a task's answer or error arrives, the task is gone: its supervisor has room
 * again.</li>
 * <li>Cancelling ends the task at once, as does any {@code timeout} around it: its
 * publisher is cancelled, its thread interrupted, and what it still says reaches nobody.
 * A thread that does not react to interrupts is lost until its code returns.</li>
 * <li>The work sees the caller's Reactor context, and its {@link Callers}.</li>
 * </ul>
 * A task that fails answers with an {@link AgentExitedException} that names its path and
 * reason, unless it signals a {@link RequestFailedException}, which is passed on as it
 * is. If the supervisor is not there, or has as many children as it may have, the answer
 * is the error of starting a child by hand.
 *
 * @since 0.1.0
 */
public interface Tasks {

	/**
	 * Where the tasks run.
	 * @return the path of the dynamic supervisor
	 */
	AgentPath supervisor();

	/**
	 * Give tasks a name that tells what they do. A number is added for each, such as
	 * {@code order-lookup-17}. Default: {@code task}.
	 * @param label the name, which may be one segment of a path
	 * @return the same, for tasks of that name
	 */
	Tasks named(String label);

	/**
	 * Run a piece of work. It runs on the agents' workers, so it must not block.
	 * @param work makes the work; called once for each task, inside the task
	 * @param <T> the type of the answer
	 * @return the last element of the work, or empty if it has none
	 */
	<T> Mono<T> run(Supplier<? extends Publisher<T>> work);

	/**
	 * Run a piece of work that must be done in time.
	 * @param work makes the work; called once for each task, inside the task
	 * @param timeout how long it may take, its start included
	 * @param <T> the type of the answer
	 * @return the last element of the work, or empty if it has none; a
	 * {@link TaskTimeoutException} when time is up, and the task is ended
	 */
	<T> Mono<T> run(Supplier<? extends Publisher<T>> work, Duration timeout);

	/**
	 * Run a piece of work that blocks its thread, apart from the agents' workers.
	 * @param work the work
	 * @param <T> the type of the answer
	 * @return what the work returns, or empty if that is {@code null}
	 */
	<T> Mono<T> runBlocking(Callable<? extends T> work);

	/**
	 * Run a piece of work that blocks its thread and must be done in time.
	 * @param work the work
	 * @param timeout how long it may take, its start included
	 * @param <T> the type of the answer
	 * @return what the work returns, or empty if that is {@code null}; a
	 * {@link TaskTimeoutException} when time is up, and the task is ended
	 */
	<T> Mono<T> runBlocking(Callable<? extends T> work, Duration timeout);

	/**
	 * Start a piece of work now and go on. Forget the handle, or wait for the answer
	 * later; the task does not end because nobody waits.
	 * @param work makes the work; called once for each task, inside the task
	 * @param <T> the type of the answer
	 * @return the task, once it is started
	 */
	<T> Mono<Task<T>> start(Supplier<? extends Publisher<T>> work);

	/**
	 * Run a task for each item, some at a time.
	 * <p>
	 * The first item that fails, or takes longer than the options allow, fails the whole:
	 * the tasks that run are ended, and no more are started. Use {@link #outcomes} to go
	 * on. Cancelling ends all of it, too. As many answers as there are tasks at a time
	 * wait for a receiver that is slow; no more tasks are started for it.
	 * @param items the items
	 * @param work makes the work for an item; called inside the task
	 * @param options how many at a time, in which order, how long each
	 * @param <I> the type of the items
	 * @param <T> the type of the answers
	 * @return the answers; none for an item whose work is empty
	 */
	<I, T> Flux<T> stream(Publisher<? extends I> items, Function<? super I, ? extends Publisher<T>> work,
			TaskStreamOptions options);

	/**
	 * Run a task for each item, some at a time.
	 * @param items the items
	 * @param work makes the work for an item; called inside the task
	 * @param options how many at a time, in which order, how long each
	 * @param <I> the type of the items
	 * @param <T> the type of the answers
	 * @return the answers; none for an item whose work is empty
	 * @see #stream(Publisher, Function, TaskStreamOptions)
	 */
	default <I, T> Flux<T> stream(Iterable<? extends I> items, Function<? super I, ? extends Publisher<T>> work,
			TaskStreamOptions options) {
		return stream(Flux.fromIterable(items), work, options);
	}

	/**
	 * Run a task for each item, some at a time, and tell for each how it ended. An item
	 * that fails, or takes longer than the options allow, disturbs no other.
	 * @param items the items
	 * @param work makes the work for an item; called inside the task
	 * @param options how many at a time, in which order, how long each
	 * @param <I> the type of the items
	 * @param <T> the type of the answers
	 * @return one outcome for each item; an error only if the items end with one, or a
	 * task cannot be started
	 */
	<I, T> Flux<TaskOutcome<I, T>> outcomes(Publisher<? extends I> items,
			Function<? super I, ? extends Publisher<T>> work, TaskStreamOptions options);

	/**
	 * Run a task for each item, some at a time, and tell for each how it ended.
	 * @param items the items
	 * @param work makes the work for an item; called inside the task
	 * @param options how many at a time, in which order, how long each
	 * @param <I> the type of the items
	 * @param <T> the type of the answers
	 * @return one outcome for each item
	 * @see #outcomes(Publisher, Function, TaskStreamOptions)
	 */
	default <I, T> Flux<TaskOutcome<I, T>> outcomes(Iterable<? extends I> items,
			Function<? super I, ? extends Publisher<T>> work, TaskStreamOptions options) {
		return outcomes(Flux.fromIterable(items), work, options);
	}

}
