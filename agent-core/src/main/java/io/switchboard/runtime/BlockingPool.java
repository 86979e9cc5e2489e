package io.switchboard.runtime;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries work that blocks. Threads of the operating system come first: it shares the
 * processors out among them, whatever their code does. What is beyond their number runs
 * on virtual threads, or waits where there are none.
 */
final class BlockingPool implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(BlockingPool.class);

	private static final int IDLE_SECONDS = 60;

	private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

	private final String name;

	private final int maxThreads;

	private final int maxSpare;

	private final AtomicInteger numbers = new AtomicInteger();

	private final AtomicInteger onVirtual = new AtomicInteger();

	/**
	 * What no thread was free for, until a virtual one or the next free one takes it.
	 */
	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final @Nullable ThreadPoolExecutor threads;

	private final @Nullable ExecutorService virtual;

	/**
	 * Threads that do not count, as their work is abandoned.
	 */
	private int lost;

	private volatile boolean full;

	BlockingPool(String name, WorkerSettings settings) {
		this.name = name;
		this.maxThreads = settings.maxBlockingThreads();
		this.maxSpare = settings.maxSpare();
		BlockingThreads kind = settings.blockingThreads();
		boolean overflows = kind == BlockingThreads.VIRTUAL
				|| (kind == BlockingThreads.AUTOMATIC && VirtualThreads.AVAILABLE);
		this.virtual = overflows ? VirtualThreads.executor(name + "-virtual-", this::prepared) : null;
		this.threads = (kind != BlockingThreads.VIRTUAL) ? threads() : null;
	}

	private ThreadPoolExecutor threads() {
		boolean waits = this.virtual == null;
		BlockingQueue<Runnable> queue = waits ? new LinkedBlockingQueue<>() : new SynchronousQueue<>();
		ThreadFactory factory = prepared(
				(task) -> new PoolThread(task, this.name + "-" + this.numbers.incrementAndGet()));
		ThreadPoolExecutor pool = new ThreadPoolExecutor(waits ? this.maxThreads : 0, this.maxThreads, IDLE_SECONDS,
				TimeUnit.SECONDS, queue, factory, (task, full) -> overflow(task, full));
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	private ThreadFactory prepared(ThreadFactory factory) {
		return (task) -> {
			Thread thread = factory.newThread(task);
			thread.setContextClassLoader(this.loader);
			thread.setUncaughtExceptionHandler(PoolScheduler::uncaught);
			return thread;
		};
	}

	@Override
	public void execute(Runnable task) {
		ThreadPoolExecutor pool = this.threads;
		ExecutorService overflow = this.virtual;
		if (pool == null) {
			runVirtually(task);
		}
		else if (overflow == null) {
			pool.execute(task);
			tellIfFull(pool.getQueue().size());
		}
		else {
			pool.execute(new Shift(task));
		}
	}

	/**
	 * All threads are busy. The task does not go to a virtual one, but to whoever is free
	 * first: computations may keep virtual threads from ever beginning.
	 * @param shift what no thread could begin with
	 * @param pool the threads
	 */
	private void overflow(Runnable shift, ThreadPoolExecutor pool) {
		if (pool.isShutdown() || !(shift instanceof Shift refused)) {
			throw new RejectedExecutionException("The pool '%s' is closed".formatted(this.name));
		}
		this.waiting.add(refused.first());
		runVirtually(() -> {
			Runnable next = this.waiting.poll();
			if (next != null) {
				next.run();
			}
		});
	}

	private void runVirtually(Runnable task) {
		Objects.requireNonNull(this.virtual, "there is no overflow without virtual threads").execute(() -> {
			this.onVirtual.incrementAndGet();
			try {
				task.run();
			}
			finally {
				this.onVirtual.decrementAndGet();
			}
		});
	}

	/**
	 * Say once that as many tasks wait as run, until none waits any more.
	 * @param waiting how many wait
	 */
	private void tellIfFull(int waiting) {
		if (waiting == 0) {
			this.full = false;
		}
		else if (waiting >= this.maxThreads && !this.full) {
			this.full = true;
			logger.warn(
					"All {} threads for work that blocks are busy, and as many tasks wait for one; "
							+ "allow more threads, block for a shorter time, or run on JDK 21 or later",
					this.maxThreads);
		}
	}

	/**
	 * How many tasks run now.
	 * @return the number
	 */
	int active() {
		return this.onVirtual.get() + ((this.threads != null) ? this.threads.getActiveCount() : 0);
	}

	/**
	 * How many tasks wait for a thread now.
	 * @return the number
	 */
	int waiting() {
		return this.waiting.size() + ((this.threads != null) ? this.threads.getQueue().size() : 0);
	}

	/**
	 * What the threads are about.
	 * @param others what is known of others
	 * @return that and these threads
	 */
	WorkerStatistics statistics(WorkerStatistics others) {
		return new WorkerStatistics(others.active(), others.spare(), others.held(), others.holds(), others.delay(),
				others.abandoned(), others.abandonments(), active(), waiting());
	}

	void close() {
		if (this.threads != null) {
			this.threads.shutdown();
		}
		if (this.virtual != null) {
			this.virtual.shutdown();
		}
	}

	boolean isClosed() {
		return (this.threads != null) ? this.threads.isShutdown() : (this.virtual == null || this.virtual.isShutdown());
	}

	private synchronized void lose(int change) {
		this.lost += change;
		ThreadPoolExecutor pool = this.threads;
		if (pool != null) {
			int size = this.maxThreads + Math.min(this.lost, this.maxSpare);
			boolean waits = this.virtual == null;
			// the core must never be the larger of the two
			if (waits && change < 0) {
				pool.setCorePoolSize(size);
			}
			pool.setMaximumPoolSize(size);
			if (waits && change > 0) {
				pool.setCorePoolSize(size);
			}
		}
	}

	/**
	 * What a thread does before it is free again.
	 */
	private final class Shift implements Runnable {

		private final Runnable first;

		Shift(Runnable first) {
			this.first = first;
		}

		Runnable first() {
			return this.first;
		}

		@Override
		public void run() {
			for (Runnable next = this.first; next != null; next = BlockingPool.this.waiting.poll()) {
				next.run();
			}
		}

	}

	/**
	 * A thread of the operating system, which is replaced while its work is abandoned.
	 */
	private final class PoolThread extends Thread implements Replaceable {

		PoolThread(Runnable task, String name) {
			super(task, name);
			setDaemon(true);
		}

		@Override
		public void abandoned() {
			lose(1);
		}

		@Override
		public void cameBack() {
			lose(-1);
		}

	}

	/**
	 * A thread whose pool has another in its place while its work is abandoned.
	 */
	interface Replaceable {

		void abandoned();

		void cameBack();

	}

}
