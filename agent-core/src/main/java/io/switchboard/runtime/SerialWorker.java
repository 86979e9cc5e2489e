package io.switchboard.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A worker whose tasks run on a pool one after the other, in the order given.
 */
final class SerialWorker implements Scheduler.Worker, Runnable {

	private final PoolScheduler scheduler;

	private final Queue<PooledTask> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	final Disposable.Composite pending = Disposables.composite();

	SerialWorker(PoolScheduler scheduler) {
		this.scheduler = scheduler;
	}

	@Override
	public Disposable schedule(Runnable task) {
		if (isDisposed()) {
			throw new RejectedExecutionException("The worker is disposed");
		}
		PooledTask pooled = new PooledTask(task);
		this.tasks.add(pooled);
		if (this.waiting.getAndIncrement() == 0) {
			this.scheduler.schedule(this);
		}
		return pooled;
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		if (delay <= 0) {
			return schedule(task);
		}
		if (isDisposed()) {
			throw new RejectedExecutionException("The worker is disposed");
		}
		Disposable.Swap handle = Disposables.swap();
		this.pending.add(handle);
		handle.update(this.scheduler.schedule(() -> {
			this.pending.remove(handle);
			if (!isDisposed()) {
				handle.update(schedule(task));
			}
		}, delay, unit));
		return Disposables.composite(handle, () -> this.pending.remove(handle));
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		Disposable ticks = this.scheduler.tick(() -> {
			if (!isDisposed()) {
				schedule(task);
			}
		}, initialDelay, period, unit);
		this.pending.add(ticks);
		return Disposables.composite(ticks, () -> this.pending.remove(ticks));
	}

	@Override
	public void run() {
		do {
			PooledTask task = this.tasks.poll();
			if (task != null) {
				task.run();
			}
		}
		while (this.waiting.decrementAndGet() != 0);
	}

	@Override
	public void dispose() {
		this.pending.dispose();
		this.tasks.forEach(Disposable::dispose);
	}

	@Override
	public boolean isDisposed() {
		return this.pending.isDisposed();
	}

}
