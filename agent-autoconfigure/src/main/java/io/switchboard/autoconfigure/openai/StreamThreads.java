package io.switchboard.autoconfigure.openai;

/**
 * Kinds of threads that read streams, one each, because the client's reading blocks.
 *
 * @since 0.1.0
 */
public enum StreamThreads {

	/**
	 * Virtual threads where they may wait inside of a monitor, as the client's do with
	 * HTTP/2: on JDK 24 and later. Else threads of the platform.
	 */
	AUTO,

	/**
	 * Virtual threads. On JDK 21 to 23 each stream then holds a carrier thread while it
	 * waits, so that a few hundred streams stop all virtual threads.
	 */
	VIRTUAL,

	/**
	 * Threads of the platform.
	 */
	PLATFORM;

	/** The first that lets virtual threads wait inside of a monitor. */
	private static final int UNPINNED = 24;

	/**
	 * Decide.
	 * @param jdk the feature version of the JDK
	 * @return whether to take virtual threads
	 */
	boolean areVirtualOn(int jdk) {
		return switch (this) {
			case AUTO -> jdk >= UNPINNED;
			case VIRTUAL -> true;
			case PLATFORM -> false;
		};
	}

}
