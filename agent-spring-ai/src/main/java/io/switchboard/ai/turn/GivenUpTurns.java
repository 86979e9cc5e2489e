package io.switchboard.ai.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of turns: those that were given up, the latest ones, in memory. Agents
 * share one, so that one place shows them all. To replay one, {@link #take} it and send
 * its request to its agent:
 *
 * <pre class="code">
 * GivenUpTurn turn = givenUp.take(path, "t-1");
 * system.agent(turn.agent(), TurnRequest.class).stream(turn.request(), TurnEvent.class);
 * </pre>
 *
 * They hold what users have said. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class GivenUpTurns {

	/**
	 * How many are kept unless told otherwise.
	 */
	public static final int DEFAULT_CAPACITY = 1000;

	private final int capacity;

	private final Deque<GivenUpTurn> turns = new ArrayDeque<>();

	/**
	 * Make a place for as many as usual.
	 */
	public GivenUpTurns() {
		this(DEFAULT_CAPACITY);
	}

	/**
	 * Make a place.
	 * @param capacity how many are kept before the oldest go; zero to keep none
	 * @throws IllegalArgumentException if it is negative
	 */
	public GivenUpTurns(int capacity) {
		if (capacity < 0) {
			throw new IllegalArgumentException(
					"The capacity for turns that were given up is %d: zero or more is needed".formatted(capacity));
		}
		this.capacity = capacity;
	}

	/**
	 * What is kept.
	 * @return the turns, the latest first
	 */
	public List<GivenUpTurn> all() {
		synchronized (this.turns) {
			return List.copyOf(this.turns);
		}
	}

	/**
	 * Take one out, as one does to replay it.
	 * @param agent who led it
	 * @param turn the turn's id
	 * @return the turn; {@code null} if there is none, because it was not given up, is
	 * taken already, or was the oldest of too many
	 */
	public @Nullable GivenUpTurn take(AgentPath agent, String turn) {
		Objects.requireNonNull(agent, "'agent' must not be null");
		Objects.requireNonNull(turn, "'turn' must not be null");
		synchronized (this.turns) {
			for (Iterator<GivenUpTurn> each = this.turns.iterator(); each.hasNext();) {
				GivenUpTurn known = each.next();
				if (known.agent().equals(agent) && known.request().turn().equals(turn)) {
					each.remove();
					return known;
				}
			}
		}
		return null;
	}

	/**
	 * Forget all turns of an agent, as one does with a session that is deleted: whoever
	 * begins one of its name must not find what was said.
	 * @param agent who led them
	 */
	public void forget(AgentPath agent) {
		Objects.requireNonNull(agent, "'agent' must not be null");
		synchronized (this.turns) {
			this.turns.removeIf((turn) -> turn.agent().equals(agent));
		}
	}

	/**
	 * Keep a turn, in the place of the one that it is another try of, or the same told
	 * again. Agents do it themselves; you need it if one that you took cannot be replayed
	 * now.
	 * @param turn the turn
	 */
	public void add(GivenUpTurn turn) {
		Objects.requireNonNull(turn, "'turn' must not be null");
		synchronized (this.turns) {
			take(turn.agent(), turn.request().turn());
			this.turns.addFirst(turn);
			while (this.turns.size() > this.capacity) {
				this.turns.removeLast();
			}
		}
	}

}
