package io.switchboard.runtime;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * As many workers as there are processors, and one queue before them all: what comes from
 * outside waits no longer than what agents send each other. A second queue is for what
 * must get through under any load, the supervisors' work above all; workers take from
 * both by turns.
 * <p>
 * A worker that is held by one task for too long does not count: the {@link Watchdog}
 * adds another in its place, so the rest goes on, and the operating system shares the
 * processors out. After the article "The Go scheduler" of its makers: a worker that finds
 * nothing searches for a moment before it sleeps, and as long as one searches nobody else
 * is woken.
 */
final class FairPool implements Executor {

	private final Queue<Runnable> ordinary = new ConcurrentLinkedQueue<>();

	private final Queue<Runnable> urgent = new ConcurrentLinkedQueue<>();

	private final List<PoolWorker> workers = new CopyOnWriteArrayList<>();

	private final AtomicInteger searching = new AtomicInteger();

	private final AtomicInteger numbers = new AtomicInteger();

	private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

	private final String name;

	private final int size;

	private final Watchdog watchdog;

	private volatile boolean closed;

	/**
	 * Make a pool and start its workers. Their context class loader is that of the
	 * calling thread, which in a packaged application is the application's own.
	 * @param name what its threads are called
	 * @param settings how many workers are to be free at any time, and when they are not
	 * @param held is told of workers that are held
	 */
	FairPool(String name, WorkerSettings settings, HeldWorkers held) {
		this.name = name;
		this.size = settings.count();
		this.watchdog = new Watchdog(this, name + "-watchdog", settings, held);
		for (int i = 0; i < this.size; i++) {
			addWorker();
		}
		this.watchdog.start();
	}

	@Override
	public void execute(Runnable task) {
		add(this.ordinary, task);
	}

	/**
	 * Run a task that the calling task has made ready. If the caller is a worker and none
	 * of the others has nothing to do, it goes on with this task itself: what belongs to
	 * it is in the processor's cache. Where that goes on for long, those in the queue
	 * have their turn.
	 * @param task the task
	 */
	void executeSoon(Runnable task) {
		if (Thread.currentThread() instanceof PoolWorker worker && worker.isOf(this) && !this.closed
				&& areOthersBusy(worker) && worker.doNext(task)) {
			return;
		}
		execute(task);
	}

	/**
	 * Run a task that was taken before the pool was closed.
	 * @param task the task
	 */
	void executeAnyway(Runnable task) {
		this.ordinary.add(task);
		wakeOne();
	}

	private boolean areOthersBusy(PoolWorker worker) {
		if (this.searching.get() > 0) {
			return false;
		}
		for (PoolWorker other : this.workers) {
			if (other != worker && other.isAsleep()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Take what another worker would do next, as this one has nothing to do.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable Runnable takeNextOfOthers() {
		for (PoolWorker worker : this.workers) {
			Runnable task = worker.takeNext();
			if (task != null) {
				return task;
			}
		}
		return null;
	}

	/**
	 * Run a task that must get through under any load.
	 * @param task the task
	 */
	void executeUrgent(Runnable task) {
		add(this.urgent, task);
	}

	private void add(Queue<Runnable> queue, Runnable task) {
		if (this.closed) {
			throw new RejectedExecutionException("The pool '%s' is closed".formatted(this.name));
		}
		queue.add(task);
		if (this.searching.get() == 0) {
			wakeOne();
		}
		if (this.closed && this.workers.isEmpty() && queue.remove(task)) {
			throw new RejectedExecutionException("The pool '%s' is closed".formatted(this.name));
		}
	}

	@Nullable Runnable pollOrdinary() {
		return this.ordinary.poll();
	}

	@Nullable Runnable pollUrgent() {
		return this.urgent.poll();
	}

	void searchBegins() {
		this.searching.getAndIncrement();
	}

	/**
	 * A searcher found nothing.
	 */
	void searchEnds() {
		this.searching.getAndDecrement();
	}

	/**
	 * A searcher found something. The last one has others woken if there is more, for
	 * whoever added that saw it search.
	 */
	void searchEndsWithWork() {
		if (this.searching.decrementAndGet() == 0 && hasWork()) {
			wakeOne();
		}
	}

	/**
	 * A worker has woken up.
	 */
	void awake() {
		this.watchdog.wake();
	}

	/**
	 * A worker was about to sleep and found something. It was no searcher any more, and
	 * may have been seen asleep, by the watchdog or by whoever woke it for another task.
	 */
	void awakeWithWork() {
		awake();
		if (hasWork()) {
			wakeOne();
		}
	}

	boolean hasWork() {
		return !this.ordinary.isEmpty() || !this.urgent.isEmpty();
	}

	private void wakeOne() {
		for (PoolWorker worker : this.workers) {
			if (worker.wake()) {
				return;
			}
		}
	}

	Watchdog watchdog() {
		return this.watchdog;
	}

	/**
	 * How many workers there are beyond the usual number.
	 * @return the number
	 */
	int spare() {
		return Math.max(0, this.workers.size() - this.size);
	}

	/**
	 * What the workers are about.
	 * @param others what is known of others
	 * @return that and the workers
	 */
	WorkerStatistics statistics(WorkerStatistics others) {
		int active = (int) this.workers.stream().filter((worker) -> worker.task() != null).count();
		return new WorkerStatistics(active, spare(), this.watchdog.held(), this.watchdog.holds(), this.watchdog.delay(),
				others.abandoned(), others.abandonments(), others.blockingActive(), others.blockingWaiting());
	}

	List<PoolWorker> workers() {
		return this.workers;
	}

	void addWorker() {
		PoolWorker worker = new PoolWorker(this, this.name + "-" + this.numbers.incrementAndGet());
		worker.setContextClassLoader(this.loader);
		this.workers.add(worker);
		boolean started = false;
		try {
			worker.start();
			started = true;
		}
		finally {
			if (!started) {
				this.workers.remove(worker);
			}
		}
	}

	/**
	 * Let a worker leave the pool once its task has ended. Until then it is looked after.
	 * @param worker the worker
	 */
	void dismiss(PoolWorker worker) {
		worker.dismiss();
	}

	void left(PoolWorker worker) {
		this.workers.remove(worker);
		if (!this.closed && hasWork()) {
			// it may have been woken for a task that it did not take
			wakeOne();
		}
	}

	/**
	 * Take no more tasks. Those already here are still run.
	 */
	void close() {
		this.closed = true;
		this.watchdog.close();
		this.workers.forEach(PoolWorker::wake);
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Whether there is nothing to do and never will be.
	 * @return {@code true} if so
	 */
	boolean isDrained() {
		return this.closed && !hasWork();
	}

}
