package io.switchboard.autoconfigure.line;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads that wait for Anthropic's answers to begin. They do not keep the JVM from
 * ending.
 */
final class AnthropicThreads implements AutoCloseable {

	private final ExecutorService executor;

	AnthropicThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("switchboard-anthropic-");
		threads.setDaemon(true);
		this.executor = Executors.newCachedThreadPool(threads);
	}

	ExecutorService executor() {
		return this.executor;
	}

	@Override
	public void close() {
		this.executor.shutdown();
	}

}
