package io.switchboard.benchmarks.races;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler without threads: what is to be done at once is done by whoever asks for it,
 * one thing after the other, and what is to be done later waits until it is called for.
 * So a race has just the threads that jcstress gives it.
 */
final class OnTheSpot implements Scheduler {

	private static final ThreadLocal<@Nullable Deque<Runnable>> OWN = new ThreadLocal<>();

	private final Queue<Later> later = new ConcurrentLinkedQueue<>();

	@Override
	public Disposable schedule(Runnable task) {
		Deque<Runnable> queue = OWN.get();
		if (queue != null) {
			queue.add(task);
			return Disposables.single();
		}
		Deque<Runnable> mine = new ArrayDeque<>();
		OWN.set(mine);
		try {
			for (Runnable next = task; next != null; next = mine.poll()) {
				next.run();
			}
		}
		finally {
			OWN.remove();
		}
		return Disposables.single();
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Later waiting = new Later(task, Disposables.single());
		this.later.add(waiting);
		return waiting.calledOff();
	}

	/**
	 * Let the time of all that waits be over.
	 */
	void elapse() {
		for (Later due = this.later.poll(); due != null; due = this.later.poll()) {
			if (!due.calledOff().isDisposed()) {
				schedule(due.task());
			}
		}
	}

	@Override
	public Worker createWorker() {
		return new Worker() {

			@Override
			public Disposable schedule(Runnable task) {
				return OnTheSpot.this.schedule(task);
			}

			@Override
			public void dispose() {
				// nothing of its own
			}

		};
	}

	@Override
	public void dispose() {
		// nothing of its own
	}

	/**
	 * Something that waits.
	 *
	 * @param task what is to be done
	 * @param calledOff whether it is not to be done any more
	 */
	private record Later(Runnable task, Disposable calledOff) {

	}

}
