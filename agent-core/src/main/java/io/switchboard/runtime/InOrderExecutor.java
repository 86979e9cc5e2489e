package io.switchboard.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks first come first served on a pool that does not care about order.
 * <p>
 * A worker of a fork-join pool prefers what it has submitted itself, and looks at nothing
 * else while there is any of it: agents that keep each other busy would shut out all
 * others, timers and kills included. So the tasks wait in one queue of our own, and the
 * pool is given a turn for each of them; whoever has a turn takes what has waited
 * longest.
 */
final class InOrderExecutor implements Executor {

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final Runnable turn = this::takeTurn;

	private final Executor pool;

	InOrderExecutor(Executor pool) {
		this.pool = pool;
	}

	@Override
	public void execute(Runnable task) {
		this.waiting.add(task);
		try {
			this.pool.execute(this.turn);
		}
		catch (RejectedExecutionException ex) {
			// an earlier turn may have taken the task, and then it was not rejected
			if (this.waiting.remove(task)) {
				throw ex;
			}
		}
	}

	private void takeTurn() {
		Runnable next = this.waiting.poll();
		if (next != null) {
			next.run();
		}
	}

}
