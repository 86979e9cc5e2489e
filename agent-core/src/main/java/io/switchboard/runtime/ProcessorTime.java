package io.switchboard.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How long threads have been on a processor.
 */
final class ProcessorTime {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final boolean SUPPORTED = THREADS.isThreadCpuTimeSupported();

	private ProcessorTime() {
	}

	/**
	 * How long a thread has been on a processor.
	 * @param thread a thread of the operating system
	 * @return the time in nanoseconds, or none where this JVM does not know it
	 */
	static long of(Thread thread) {
		return (SUPPORTED && THREADS.isThreadCpuTimeEnabled()) ? Math.max(0, THREADS.getThreadCpuTime(thread.getId()))
				: 0;
	}

}
