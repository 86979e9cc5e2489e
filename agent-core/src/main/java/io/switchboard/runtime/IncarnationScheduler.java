package io.switchboard.runtime;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentPath;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler as one incarnation sees it. Reactor's operators let errors that it takes
 * for fatal, a stack overflow among them, escape from a task without a signal to anyone;
 * here such an error crashes the incarnation that scheduled the task.
 * <p>
 * What a life that is over still receives, as its publishers are not all cancelled yet
 * when the threads are given back, is no error that operators should tell about: their
 * workers drop it, as all that such a life says. Whoever schedules without a worker is
 * told, and may do the work by themselves.
 */
final class IncarnationScheduler implements Scheduler {

	private final Scheduler delegate;

	private final Incarnation incarnation;

	IncarnationScheduler(Scheduler delegate, Incarnation incarnation) {
		this.delegate = delegate;
		this.incarnation = incarnation;
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.delegate.schedule(guard(task));
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		return this.delegate.schedule(guard(task), delay, unit);
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return this.delegate.schedulePeriodically(guard(task), initialDelay, period, unit);
	}

	@Override
	public long now(TimeUnit unit) {
		return this.delegate.now(unit);
	}

	@Override
	public Worker createWorker() {
		Worker worker = this.delegate.createWorker();
		return new Worker() {

			@Override
			public Disposable schedule(Runnable task) {
				try {
					return worker.schedule(guard(task));
				}
				catch (RejectedExecutionException ex) {
					if (!IncarnationScheduler.this.incarnation.isOver()) {
						throw ex;
					}
					return Disposables.disposed();
				}
			}

			@Override
			public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
				return worker.schedule(guard(task), delay, unit);
			}

			@Override
			public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
				return worker.schedulePeriodically(guard(task), initialDelay, period, unit);
			}

			@Override
			public void dispose() {
				worker.dispose();
			}

			@Override
			public boolean isDisposed() {
				return worker.isDisposed();
			}

		};
	}

	@Override
	public boolean isDisposed() {
		return this.delegate.isDisposed();
	}

	private Runnable guard(Runnable task) {
		return new GuardedTask(task, this.incarnation);
	}

	/**
	 * A task whose escaping errors crash the incarnation that scheduled it.
	 *
	 * @param task the task
	 * @param life the incarnation
	 */
	private record GuardedTask(Runnable task, Incarnation life) implements Runnable, AgentWork {

		@Override
		public void run() {
			try {
				this.task.run();
			}
			catch (Throwable ex) {
				Fatal.tell(ex);
				this.life.crashed(ex);
			}
		}

		@Override
		public AgentPath path() {
			return this.life.path();
		}

		@Override
		public long incarnation() {
			return this.life.incarnation();
		}

	}

}
