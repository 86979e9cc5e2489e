package io.switchboard.runtime;

/**
 * What kind of threads carries work that blocks.
 *
 * @since 0.1.0
 */
public enum BlockingThreads {

	/**
	 * Threads of the operating system up to a number, and virtual ones beyond it. Where
	 * the platform has no virtual threads, what is beyond waits.
	 */
	AUTOMATIC,

	/**
	 * Virtual threads, as many as are wanted. They need JDK 21 or later. They are not
	 * time-sliced: as many handlers that compute without end as there are processors stop
	 * all virtual threads of the process.
	 */
	VIRTUAL,

	/**
	 * Threads of the operating system up to a number. What is beyond waits.
	 */
	PLATFORM

}
