package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

import io.switchboard.AgentPath;
import io.switchboard.Task;
import io.switchboard.TaskOutcome;
import io.switchboard.TaskStreamOptions;
import io.switchboard.TaskTimeoutException;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs tasks below the dynamic supervisor that is at a path at that moment.
 */
final class DefaultTasks implements TaskSupervisorRef {

	private final TaskStarter starter;

	private final String label;

	DefaultTasks(TaskStarter starter) {
		this(starter, "task");
	}

	private DefaultTasks(TaskStarter starter, String label) {
		this.starter = starter;
		this.label = label;
	}

	@Override
	public AgentPath supervisor() {
		return this.starter.supervisor();
	}

	@Override
	public TaskSupervisorRef named(String label) {
		return new DefaultTasks(this.starter, AgentPath.checkSegment(label));
	}

	@Override
	public <T> Mono<T> run(Supplier<? extends Publisher<T>> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		return this.starter.run(new TaskWork(this.label, work::get, false), null);
	}

	@Override
	public <T> Mono<T> run(Supplier<? extends Publisher<T>> work, Duration timeout) {
		Objects.requireNonNull(work, "'work' must not be null");
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return this.starter.run(new TaskWork(this.label, work::get, false), timeout);
	}

	@Override
	public <T> Mono<T> runBlocking(Callable<? extends T> work) {
		return this.starter.run(blocking(work), null);
	}

	@Override
	public <T> Mono<T> runBlocking(Callable<? extends T> work, Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return this.starter.run(blocking(work), timeout);
	}

	private TaskWork blocking(Callable<?> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		return new TaskWork(this.label, () -> Mono.justOrEmpty(work.call()), true);
	}

	@Override
	public <T> Mono<Task<T>> start(Supplier<? extends Publisher<T>> work) {
		Objects.requireNonNull(work, "'work' must not be null");
		return this.starter.start(new TaskWork(this.label, work::get, false));
	}

	@Override
	public Mono<AgentPath> startChild(Restart restart, Shutdown shutdown, Supplier<? extends Publisher<?>> work) {
		Objects.requireNonNull(restart, "'restart' must not be null");
		Objects.requireNonNull(shutdown, "'shutdown' must not be null");
		Objects.requireNonNull(work, "'work' must not be null");
		return this.starter.startChild(new TaskWork(this.label, work::get, false, restart, shutdown));
	}

	@Override
	public <I, T> Flux<T> stream(Publisher<? extends I> items, Function<? super I, ? extends Publisher<T>> work,
			TaskStreamOptions options) {
		Objects.requireNonNull(items, "'items' must not be null");
		Objects.requireNonNull(work, "'work' must not be null");
		Objects.requireNonNull(options, "'options' must not be null");
		return forEach(items, (item) -> task(item, work, options.timeout()), options);
	}

	@Override
	public <I, T> Flux<TaskOutcome<I, T>> outcomes(Publisher<? extends I> items,
			Function<? super I, ? extends Publisher<T>> work, TaskStreamOptions options) {
		Objects.requireNonNull(items, "'items' must not be null");
		Objects.requireNonNull(work, "'work' must not be null");
		Objects.requireNonNull(options, "'options' must not be null");
		return forEach(items, (item) -> outcome(item, task(item, work, options.timeout())), options);
	}

	private <I, T> Mono<T> task(I item, Function<? super I, ? extends Publisher<T>> work, @Nullable Duration timeout) {
		return this.starter.run(new TaskWork(this.label, () -> work.apply(item), false), timeout);
	}

	private static <I, T> Mono<TaskOutcome<I, T>> outcome(I item, Mono<T> task) {
		return task.<TaskOutcome<I, T>>map((value) -> new TaskOutcome.Completed<>(item, value))
			.defaultIfEmpty(new TaskOutcome.Completed<>(item, null))
			.onErrorResume(TaskTimeoutException.class, (ex) -> Mono.just(new TaskOutcome.TimedOut<>(item)))
			.onErrorResume((ex) -> !(ex instanceof ChildOperationException),
					(ex) -> Mono.just(new TaskOutcome.Failed<>(item, ex)));
	}

	private static <I, R> Flux<R> forEach(Publisher<? extends I> items, Function<? super I, Mono<R>> task,
			TaskStreamOptions options) {
		Flux<? extends I> source = Flux.from(items);
		return options.ordered() ? source.flatMapSequential(task, options.concurrency(), 1)
				: source.flatMap(task, options.concurrency(), 1);
	}

	@Override
	public String toString() {
		return "Tasks[" + supervisor() + "]";
	}

}
