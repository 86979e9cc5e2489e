package io.switchboard.runtime;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/**
 * The virtual threads of JDK 21 and later, which this code is not compiled for.
 */
final class VirtualThreads {

	/**
	 * Whether the platform has them. In JDK 19 and 20 they are there for preview only.
	 */
	static final boolean AVAILABLE = Runtime.version().feature() >= 21;

	private VirtualThreads() {
	}

	/**
	 * Make an executor that runs each task on a thread of its own.
	 * @param name what the threads are called, followed by a number
	 * @param adapted changes what makes the threads
	 * @return the executor
	 */
	static ExecutorService executor(String name, UnaryOperator<ThreadFactory> adapted) {
		try {
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			Object named = type.getMethod("name", String.class, long.class).invoke(builder, name, 1L);
			ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(named);
			Method executor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
			return (ExecutorService) executor.invoke(null, adapted.apply(factory));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Virtual threads need JDK 21 or later", ex);
		}
	}

}
