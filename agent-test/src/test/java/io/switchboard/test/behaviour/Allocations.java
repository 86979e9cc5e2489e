package io.switchboard.test.behaviour;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * Counts what this thread allocates. Under virtual time that thread does all the work, so
 * this tells how much work there is without telling the time.
 */
final class Allocations {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Allocations() {
	}

	/**
	 * What this thread has allocated so far.
	 * @return the bytes
	 */
	static long soFar() {
		long bytes = THREADS.getCurrentThreadAllocatedBytes();
		if (bytes < 0) {
			throw new IllegalStateException("This JVM does not count what a thread allocates");
		}
		return bytes;
	}

	/**
	 * What this thread allocates during some work.
	 * @param work the work, all of it on this thread
	 * @return the bytes
	 */
	static long during(Runnable work) {
		long before = soFar();
		work.run();
		return soFar() - before;
	}

}
