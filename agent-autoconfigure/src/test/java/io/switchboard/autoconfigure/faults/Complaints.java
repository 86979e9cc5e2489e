package io.switchboard.autoconfigure.faults;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong in turns, each with the seed and all that was seen of the turn.
 */
final class Complaints {

	/**
	 * How many of the latest turns are known, for what is wrong with calls of their
	 * tools.
	 */
	private static final int KNOWN = 2_000;

	/**
	 * More than anybody reads.
	 */
	private static final int MOST = 100;

	private final long seed;

	private final Queue<String> all = new ConcurrentLinkedQueue<>();

	private final Latest<String, TurnCheck> turns = new Latest<>(KNOWN);

	Complaints(long seed) {
		this.seed = seed;
	}

	/**
	 * Watch a turn.
	 * @param turn its id
	 * @return looks at its events
	 */
	TurnCheck begin(String turn) {
		TurnCheck check = new TurnCheck();
		this.turns.put(turn, check);
		return check;
	}

	/**
	 * Complain.
	 * @param turn the turn, or one that an agent asked in its course
	 * @param what what is wrong
	 */
	void add(String turn, String what) {
		if (this.all.size() >= MOST) {
			return;
		}
		int asked = turn.indexOf(':');
		String own = (asked > 0) ? turn.substring(0, asked) : turn;
		this.all.add("Seed %d, turn %s: %s; events %s".formatted(this.seed, turn, what, events(this.turns.get(own))));
	}

	private static String events(@Nullable TurnCheck check) {
		return (check != null) ? check.toString() : "not known any more";
	}

	List<String> all() {
		return List.copyOf(this.all);
	}

}
