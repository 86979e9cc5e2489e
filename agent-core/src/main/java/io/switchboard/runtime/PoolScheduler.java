package io.switchboard.runtime;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A Reactor scheduler over a pool of the runtime's own, with one timer thread that only
 * hands over. This is the one place that reads the machine's clock: time begins at the
 * wall clock's reading and then goes on steadily, whatever is done to that.
 */
final class PoolScheduler implements Scheduler {

	private static final Logger logger = LoggerFactory.getLogger(PoolScheduler.class);

	private static final int MAX_BLOCKING_THREADS = 256;

	private final long epoch = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

	private final ExecutorService pool;

	private final Executor executor;

	private final ScheduledThreadPoolExecutor timer;

	private PoolScheduler(String name, ExecutorService pool, Executor executor) {
		this.pool = pool;
		this.executor = executor;
		this.timer = new ScheduledThreadPoolExecutor(1, daemons(name + "-timer"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * As many workers as processors, first come first served. Their context class loader
	 * is that of the calling thread, which in a packaged application is the application's
	 * own.
	 * @return a scheduler
	 */
	static PoolScheduler forAgents() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		AtomicInteger number = new AtomicInteger();
		ForkJoinPool workers = new ForkJoinPool(Runtime.getRuntime().availableProcessors(), (pool) -> {
			ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
			worker.setName("switchboard-" + number.incrementAndGet());
			worker.setContextClassLoader(loader);
			return worker;
		}, PoolScheduler::uncaught, true);
		return new PoolScheduler("switchboard", workers, new InOrderExecutor(workers));
	}

	/**
	 * A virtual thread per task where the platform has them, else up to
	 * {@value #MAX_BLOCKING_THREADS} threads that end when idle.
	 * @return a scheduler
	 */
	static PoolScheduler forBlockingWork() {
		String name = "switchboard-blocking";
		try {
			Method ofVirtual = Thread.class.getMethod("ofVirtual");
			Object builder = ofVirtual.invoke(null);
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			Object named = type.getMethod("name", String.class, long.class).invoke(builder, name + "-", 1L);
			ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(named);
			ExecutorService pool = (ExecutorService) Executors.class
				.getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
				.invoke(null, withLoader(factory));
			return new PoolScheduler(name, pool, pool);
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("No virtual threads here, blocking work runs on up to {} threads", MAX_BLOCKING_THREADS);
			ThreadPoolExecutor pool = new ThreadPoolExecutor(MAX_BLOCKING_THREADS, MAX_BLOCKING_THREADS, 60,
					TimeUnit.SECONDS, new LinkedBlockingQueue<>(), withLoader(daemons(name)));
			pool.allowCoreThreadTimeOut(true);
			return new PoolScheduler(name, pool, pool);
		}
	}

	@Override
	public Disposable schedule(Runnable task) {
		PooledTask pooled = new PooledTask(task);
		this.executor.execute(pooled);
		return pooled;
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		if (delay <= 0) {
			return schedule(task);
		}
		PooledTask pooled = new PooledTask(task);
		ScheduledFuture<?> handOver = this.timer.schedule(() -> this.executor.execute(pooled), delay, unit);
		return Disposables.composite(() -> handOver.cancel(false), pooled);
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		SerialWorker worker = new SerialWorker(this);
		worker.schedulePeriodically(task, initialDelay, period, unit);
		return worker;
	}

	/**
	 * Hand a task over again and again.
	 * @param task the task, which decides itself where it runs
	 * @param initialDelay time to the first hand-over
	 * @param period time between hand-overs
	 * @param unit the unit of both
	 * @return ends the hand-overs
	 */
	Disposable tick(Runnable task, long initialDelay, long period, TimeUnit unit) {
		ScheduledFuture<?> ticks = this.timer.scheduleAtFixedRate(task, initialDelay, period, unit);
		return () -> ticks.cancel(false);
	}

	@Override
	public long now(TimeUnit unit) {
		return unit.convert(this.epoch + System.nanoTime(), TimeUnit.NANOSECONDS);
	}

	@Override
	public Worker createWorker() {
		return new SerialWorker(this);
	}

	@Override
	public void dispose() {
		this.timer.shutdown();
		this.pool.shutdown();
	}

	@Override
	public boolean isDisposed() {
		return this.pool.isShutdown();
	}

	static void uncaught(Thread thread, Throwable ex) {
		logger.error("A task failed on thread '{}' and nobody was there to be told", thread.getName(), ex);
	}

	private static ThreadFactory daemons(String name) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
			thread.setDaemon(true);
			thread.setUncaughtExceptionHandler(PoolScheduler::uncaught);
			return thread;
		};
	}

	private static ThreadFactory withLoader(ThreadFactory factory) {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return (task) -> {
			Thread thread = factory.newThread(task);
			thread.setContextClassLoader(loader);
			thread.setUncaughtExceptionHandler(PoolScheduler::uncaught);
			return thread;
		};
	}

}
