package io.switchboard.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The threads that lives were taken from and that have not come back. What they still
 * send is stale.
 */
final class AbandonedThreads {

	private final Map<Thread, Abandoned> threads = new ConcurrentHashMap<>();

	private final AtomicLong total = new AtomicLong();

	/**
	 * Whether there is any, to be read on every send.
	 */
	private volatile boolean any;

	/**
	 * A life was taken from a thread.
	 * @param thread the thread
	 * @param cell where the life was
	 * @param incarnation its number
	 */
	void add(Thread thread, AgentCell cell, long incarnation) {
		boolean added = this.threads.put(thread, new Abandoned(cell, incarnation)) == null;
		this.any = true;
		this.total.incrementAndGet();
		if (added && thread instanceof BlockingPool.Replaceable replaceable) {
			replaceable.abandoned();
		}
	}

	/**
	 * A thread has come back.
	 * @param thread the thread
	 */
	void remove(Thread thread) {
		if (this.threads.remove(thread) != null && thread instanceof BlockingPool.Replaceable replaceable) {
			replaceable.cameBack();
		}
		this.any = !this.threads.isEmpty();
		if (!this.threads.isEmpty()) {
			// another was added between the two
			this.any = true;
		}
	}

	/**
	 * How many there are now.
	 * @return the number
	 */
	int count() {
		return this.threads.size();
	}

	/**
	 * How many there have been.
	 * @return the number
	 */
	long total() {
		return this.total.get();
	}

	/**
	 * Drop what the current thread is about to send if the life it worked for has ended.
	 * Those who were told an answer on that thread send for themselves.
	 * @return whether it is dropped
	 */
	boolean drops() {
		return this.any && dropsFrom(this.threads.get(Thread.currentThread()));
	}

	private static boolean dropsFrom(@Nullable Abandoned sender) {
		if (sender == null || Telling.isUnderWay()) {
			return false;
		}
		sender.cell().dropStale(sender.incarnation(), "message");
		return true;
	}

	/**
	 * What a thread was working for.
	 *
	 * @param cell where the life was
	 * @param incarnation its number
	 */
	private record Abandoned(AgentCell cell, long incarnation) {

	}

}
