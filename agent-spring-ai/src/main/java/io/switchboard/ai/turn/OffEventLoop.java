package io.switchboard.ai.turn;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;

/**
 * Takes tasks off threads that nobody may block, such as event loops, and leaves them
 * where they are on all others.
 *
 * @param delegate where tasks are taken
 */
record OffEventLoop(Scheduler delegate) implements Scheduler {

	@Override
	public Disposable schedule(Runnable task) {
		return isOn() ? this.delegate.schedule(task) : runHere(task);
	}

	@Override
	public Scheduler.Worker createWorker() {
		return new Worker(this.delegate.createWorker());
	}

	private static boolean isOn() {
		return Thread.currentThread() instanceof NonBlocking;
	}

	private static Disposable runHere(Runnable task) {
		task.run();
		return Disposables.disposed();
	}

	/**
	 * Keeps tasks in order as long as they come one after the other.
	 *
	 * @param delegate where tasks are taken
	 */
	private record Worker(Scheduler.Worker delegate) implements Scheduler.Worker {

		@Override
		public Disposable schedule(Runnable task) {
			return isOn() ? this.delegate.schedule(task) : runHere(task);
		}

		@Override
		public void dispose() {
			this.delegate.dispose();
		}

		@Override
		public boolean isDisposed() {
			return this.delegate.isDisposed();
		}

	}

}
