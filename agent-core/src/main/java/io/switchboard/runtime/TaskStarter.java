package io.switchboard.runtime;

import java.time.Duration;
import java.util.function.Consumer;

import io.switchboard.AgentPath;
import io.switchboard.Task;
import io.switchboard.TaskTimeoutException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.NodeType;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * Starts tasks below one supervisor, for an application or for a life of an agent.
 */
final class TaskStarter {

	private final DefaultAgentSystem system;

	private final AgentPath supervisor;

	private final @Nullable Incarnation owner;

	private final boolean linked;

	/**
	 * Prepare to start tasks.
	 * @param system the system
	 * @param supervisor where the tasks live
	 * @param owner the life that starts them, or {@code null} if the application does
	 * @param linked whether that life and the tasks are tied to each other
	 */
	TaskStarter(DefaultAgentSystem system, AgentPath supervisor, @Nullable Incarnation owner, boolean linked) {
		this.system = system;
		this.supervisor = supervisor;
		this.owner = owner;
		this.linked = linked;
	}

	AgentPath supervisor() {
		return this.supervisor;
	}

	/**
	 * Run a task and wait for it.
	 * @param work what to do
	 * @param timeout how long it may take, or {@code null} for ever
	 * @param <T> the type of the answer
	 * @return the answer
	 */
	<T> Mono<T> run(TaskWork work, @Nullable Duration timeout) {
		if (timeout == null) {
			return Mono.create((sink) -> run(work, nextPath(work), sink));
		}
		return Mono.defer(() -> {
			AgentPath path = nextPath(work);
			Mono<T> task = Mono.create((sink) -> run(work, path, sink));
			return task.timeout(timeout, Mono.error(() -> new TaskTimeoutException(path, timeout)),
					this.system.scheduler());
		});
	}

	private <T> void run(TaskWork work, AgentPath path, MonoSink<T> sink) {
		TaskRun run = newRun(path, sink, new AnsweredTask<>(sink));
		sink.onCancel(run::cancel);
		begin(work, run, () -> {
		}, run::refused);
	}

	<T> Mono<Task<T>> start(TaskWork work) {
		return Mono.create((sink) -> {
			StartedTask.Answer<T> answer = new StartedTask.Answer<>();
			TaskRun run = newRun(nextPath(work), sink, answer);
			sink.onCancel(run::cancel);
			begin(work, run, () -> sink.success(new StartedTask<>(run, answer)), sink::error);
		});
	}

	Mono<AgentPath> startChild(TaskWork work) {
		return Mono.create((sink) -> {
			TaskRun run = newRun(nextPath(work), sink, TaskEnd.NOBODY);
			begin(work, run, () -> sink.success(run.path()), sink::error);
		});
	}

	private void begin(TaskWork work, TaskRun run, Runnable started, Consumer<Throwable> refused) {
		Throwable problem = problem();
		if (problem != null) {
			refused.accept(problem);
			return;
		}
		// the supervisor answers in any case, so there is nothing to dispose
		Disposable unused = this.system.supervisor(this.supervisor).startChild(work.specify(run)).subscribe((up) -> {
		}, (ex) -> {
			if (isTaken(ex)) {
				run.moveTo(nextPath(work));
				begin(work, run, started, refused);
			}
			else {
				refused.accept(ex);
			}
		}, started);
	}

	/**
	 * Whether a child that somebody else started has the name.
	 * @param ex what the supervisor said
	 * @return {@code true} if another name may do
	 */
	private static boolean isTaken(Throwable ex) {
		return ex instanceof ChildOperationException refusal
				&& (refusal.problem() == Problem.ALREADY_STARTED || refusal.problem() == Problem.ALREADY_PRESENT);
	}

	private @Nullable Throwable problem() {
		Incarnation life = this.owner;
		if (life != null && life.isOver()) {
			life.dropStale("task");
			return new IllegalStateException("Agent '%s' (incarnation %d) has ended and cannot begin a task"
				.formatted(life.path(), life.incarnation()));
		}
		NodeType type = this.system.typeOf(this.supervisor);
		if (type != null && type != NodeType.DYNAMIC_SUPERVISOR) {
			return new IllegalArgumentException(
					"Tasks cannot run below '%s', which is of type %s; specify a dynamic supervisor for them"
						.formatted(this.supervisor, type.id()));
		}
		return null;
	}

	private AgentPath nextPath(TaskWork work) {
		return this.supervisor.child(work.label() + "-" + this.system.nextTask());
	}

	private TaskRun newRun(AgentPath path, MonoSink<?> sink, TaskEnd end) {
		Context context = TaskCallers.addTo(sink.contextView(), (this.owner != null) ? this.owner.path() : null);
		return new TaskRun(path, context, this.linked ? this.owner : null, end);
	}

}
