package io.switchboard.ai.tool;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How long something has waited. It may wait for several things at once: time counts
 * once, and goes on when it waits for none of them any more.
 * <p>
 * You probably want nothing of it: turns and calls of tools keep it for their
 * {@linkplain TakenTime limits of time}. It does not look at a clock.
 *
 * @since 0.1.0
 */
public final class WaitingTime {

	/**
	 * How many wait for what, without what nobody waits for.
	 */
	private final NavigableMap<WaitingFor, Integer> waiting = new TreeMap<>();

	private long waited;

	private long since;

	/**
	 * Something begins to wait.
	 * @param what for what
	 * @param now the time in milliseconds
	 */
	public synchronized void waits(WaitingFor what, long now) {
		if (what() == WaitingFor.NOTHING) {
			this.since = now;
		}
		count(what, 1);
	}

	/**
	 * Something does not wait any more. To be called once for each that has begun.
	 * @param what for what it has waited
	 * @param now the time in milliseconds
	 */
	public synchronized void goesOn(WaitingFor what, long now) {
		long until = waited(now);
		count(what, -1);
		if (what() == WaitingFor.NOTHING) {
			this.waited = until;
		}
	}

	/**
	 * Nothing was done for a while, before anybody kept this.
	 * @param before how long, in milliseconds
	 */
	public synchronized void add(long before) {
		this.waited += before;
	}

	private void count(WaitingFor what, int change) {
		if (what == WaitingFor.NOTHING) {
			throw new IllegalArgumentException("'what' must not be NOTHING: who waits for nothing does not wait");
		}
		int many = this.waiting.getOrDefault(what, 0) + change;
		if (many != 0) {
			this.waiting.put(what, many);
		}
		else {
			this.waiting.remove(what);
		}
	}

	/**
	 * What is waited for now.
	 * @return what says most, if several things
	 */
	public synchronized WaitingFor what() {
		return !this.waiting.isEmpty() ? this.waiting.lastKey() : WaitingFor.NOTHING;
	}

	/**
	 * How long there was something to wait for.
	 * @param now the time in milliseconds
	 * @return milliseconds
	 */
	public synchronized long waited(long now) {
		return (what() != WaitingFor.NOTHING) ? this.waited + now - this.since : this.waited;
	}

}
