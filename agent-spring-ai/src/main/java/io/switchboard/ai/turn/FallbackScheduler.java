package io.switchboard.ai.turn;

import java.util.concurrent.RejectedExecutionException;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Hands tasks to another scheduler, and runs those it no longer takes at once. For work
 * that must be done even while the system goes down.
 *
 * @param delegate the other scheduler
 */
record FallbackScheduler(Scheduler delegate) implements Scheduler {

	@Override
	public Disposable schedule(Runnable task) {
		try {
			return this.delegate.schedule(task);
		}
		catch (RejectedExecutionException ex) {
			task.run();
			return Disposables.disposed();
		}
	}

	@Override
	public Worker createWorker() {
		return this.delegate.createWorker();
	}

}
