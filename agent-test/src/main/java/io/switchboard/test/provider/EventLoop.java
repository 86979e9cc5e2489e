package io.switchboard.test.provider;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which everything of a provider happens, so that nothing of it needs a
 * lock, and a timer that hands its work to that thread.
 */
final class EventLoop implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EventLoop.class);

	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

	private final Selector selector;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final ScheduledExecutorService timer;

	private final Thread thread;

	EventLoop(String name) throws IOException {
		this.selector = Selector.open();
		this.thread = daemon(this::run, name);
		this.timer = Executors.newSingleThreadScheduledExecutor((task) -> daemon(task, name + "-timer"));
	}

	void start() {
		this.thread.start();
	}

	void execute(Runnable task) {
		this.tasks.add(task);
		this.selector.wakeup();
	}

	void schedule(Duration delay, Runnable task) {
		Future<?> unused = this.timer.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	SelectionKey register(SelectableChannel channel, int operations, Runnable ready) throws IOException {
		channel.configureBlocking(false);
		return channel.register(this.selector, operations, ready);
	}

	/**
	 * Stops after a last task. What waits for its time is forgotten.
	 * @param last what is done last
	 */
	void stop(Runnable last) {
		this.timer.shutdownNow();
		execute(() -> {
			last.run();
			close();
		});
		try {
			this.thread.join(CLOSE_LIMIT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			logger.warn("The selector of the fake provider did not close", ex);
		}
	}

	private void run() {
		try {
			while (this.selector.isOpen()) {
				this.selector.select((key) -> guarded((Runnable) key.attachment()));
				for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
					guarded(task);
				}
			}
		}
		catch (IOException | ClosedSelectorException ex) {
			logger.debug("The fake provider ends", ex);
		}
	}

	private void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.error("A step of the fake provider failed", ex);
		}
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
