package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * A task on a pool that can be called off, and is interrupted if it runs already. The
 * interrupt never reaches what the thread does afterwards.
 */
final class PooledTask implements Runnable, Disposable {

	private static final int WAITING = 0;

	private static final int RUNNING = 1;

	private static final int OVER = 2;

	private static final int INTERRUPTING = 3;

	private static final int INTERRUPTED = 4;

	private final AtomicInteger state = new AtomicInteger(WAITING);

	private final Runnable task;

	private volatile @Nullable Thread runner;

	PooledTask(Runnable task) {
		this.task = task;
	}

	@Override
	public void run() {
		Thread current = Thread.currentThread();
		this.runner = current;
		if (!this.state.compareAndSet(WAITING, RUNNING)) {
			return;
		}
		try {
			this.task.run();
		}
		catch (Throwable ex) {
			PoolScheduler.uncaught(current, ex);
		}
		finally {
			this.runner = null;
			if (!this.state.compareAndSet(RUNNING, OVER)) {
				awaitInterrupt();
			}
			// neither a late interrupt nor one that the task has left behind is the
			// business of what comes next
			Thread.interrupted();
		}
	}

	private void awaitInterrupt() {
		while (this.state.get() == INTERRUPTING) {
			Thread.onSpinWait();
		}
	}

	Runnable task() {
		return this.task;
	}

	@Override
	public void dispose() {
		if (this.state.compareAndSet(WAITING, OVER)) {
			return;
		}
		Thread thread = this.runner;
		if (thread == Thread.currentThread()) {
			return;
		}
		if (this.state.compareAndSet(RUNNING, INTERRUPTING)) {
			if (thread != null) {
				thread.interrupt();
			}
			this.state.set(INTERRUPTED);
		}
	}

	@Override
	public boolean isDisposed() {
		return this.state.get() >= OVER;
	}

}
