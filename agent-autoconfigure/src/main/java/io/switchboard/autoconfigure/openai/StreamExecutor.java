package io.switchboard.autoconfigure.openai;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of OpenAI's client: those that wait for an answer to begin and those that
 * read it. None of them keeps the JVM from ending.
 */
final class StreamExecutor implements AutoCloseable {

	private static final String NAME = "switchboard-openai-";

	private final ExecutorService threads;

	private final boolean virtual;

	private StreamExecutor(ExecutorService threads, boolean virtual) {
		this.threads = threads;
		this.virtual = virtual;
	}

	/**
	 * Make an executor. It starts no thread before there is something to do.
	 * @param threads what kind of threads
	 * @return the executor
	 */
	static StreamExecutor of(StreamThreads threads) {
		if (threads.areVirtualOn(Runtime.version().feature())) {
			return new StreamExecutor(new ExecutorServiceAdapter(new VirtualThreadTaskExecutor(NAME)), true);
		}
		CustomizableThreadFactory factory = new CustomizableThreadFactory(NAME);
		factory.setDaemon(true);
		return new StreamExecutor(Executors.newCachedThreadPool(factory), false);
	}

	/**
	 * For OkHttp, which does not shut it down.
	 * @return the executor
	 */
	ExecutorService forRequests() {
		return this.threads;
	}

	/**
	 * For OpenAI's client, which would shut down what looks like its own.
	 * @return the executor
	 */
	Executor forStreams() {
		Executor executor = this.threads;
		return (task) -> executor.execute(task);
	}

	@Override
	public void close() {
		if (!this.virtual) {
			this.threads.shutdown();
		}
	}

}
