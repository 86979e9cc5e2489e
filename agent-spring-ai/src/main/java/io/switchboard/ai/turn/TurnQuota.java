package io.switchboard.ai.turn;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many turns may be under way at once, among all agents that share it: those of one
 * kind, those below a supervisor, or any others.
 * <p>
 * A turn that finds no place fails at once as {@code budget-spent}; it does not wait. A
 * turn that an agent goes on with after a crash always finds its place, so there may be
 * more turns than the quota for a while.
 *
 * @since 0.1.0
 */
public final class TurnQuota {

	private final String name;

	private final int turns;

	private final AtomicInteger running = new AtomicInteger();

	private TurnQuota(String name, int turns) {
		this.name = name;
		this.turns = turns;
	}

	/**
	 * Set a quota.
	 * @param name whose quota it is, for people, such as {@code supervisor 'desk'}
	 * @param turns how many turns there may be, at least one
	 * @return the quota
	 * @throws IllegalArgumentException if the number is less than one
	 */
	public static TurnQuota of(String name, int turns) {
		Objects.requireNonNull(name, "'name' must not be null");
		if (turns < 1) {
			throw new IllegalArgumentException(
					"Quota of %s is %d turns at once: at least 1 is needed".formatted(name, turns));
		}
		return new TurnQuota(name, turns);
	}

	/**
	 * Whose quota it is.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * How many turns there may be.
	 * @return the number
	 */
	public int turns() {
		return this.turns;
	}

	/**
	 * How many turns there are.
	 * @return the number
	 */
	public int running() {
		return this.running.get();
	}

	/**
	 * Begin a turn if there is a place.
	 * @return how many turns there are now, or zero if there is no place
	 */
	int tryBegin() {
		int before = this.running.get();
		while (before < this.turns) {
			if (this.running.compareAndSet(before, before + 1)) {
				return before + 1;
			}
			before = this.running.get();
		}
		return 0;
	}

	/**
	 * Go on with a turn, whether there is a place or not.
	 */
	void begin() {
		this.running.incrementAndGet();
	}

	void end() {
		this.running.decrementAndGet();
	}

	@Override
	public String toString() {
		return "%d turns at once of %s".formatted(this.turns, this.name);
	}

}
