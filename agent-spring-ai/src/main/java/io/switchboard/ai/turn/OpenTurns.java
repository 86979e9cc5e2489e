package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * What has happened in turns that are not over, outside the lives that lead them, so that
 * the next life goes on where the last one was cut off. In memory.
 */
final class OpenTurns {

	/**
	 * Turns whose agents are gone for good are not told from those that wait for their
	 * next life, so the oldest have to go at some number. A turn that is forgotten begins
	 * anew.
	 */
	private static final int MOST = 100_000;

	private final Map<AgentPath, OpenTurn> turns = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<AgentPath, OpenTurn> eldest) {
			return size() > MOST;
		}

	};

	/**
	 * Find a turn that was begun and is not over.
	 * @param agent who leads it
	 * @param turn the turn's id
	 * @return the turn, or {@code null} if there is none
	 */
	@Nullable OpenTurn find(AgentPath agent, String turn) {
		synchronized (this.turns) {
			OpenTurn known = this.turns.get(agent);
			return (known != null && known.id.equals(turn)) ? known : null;
		}
	}

	/**
	 * Begin a turn. An agent has one at a time.
	 * @param agent who leads it
	 * @param turn the turn's id
	 * @return the turn
	 */
	OpenTurn begin(AgentPath agent, String turn) {
		OpenTurn begun = new OpenTurn(turn);
		synchronized (this.turns) {
			this.turns.put(agent, begun);
		}
		return begun;
	}

	/**
	 * A turn is over.
	 * @param agent who led it
	 * @param turn the turn
	 */
	void end(AgentPath agent, OpenTurn turn) {
		synchronized (this.turns) {
			this.turns.remove(agent, turn);
		}
	}

	/**
	 * What has happened in one turn. Written by the life that leads it, read by the next.
	 */
	static final class OpenTurn {

		private final String id;

		private final List<TurnInput> inputs = new ArrayList<>();

		private @Nullable OfferedTools offered;

		private long waited;

		private long waitsSince = -1;

		OpenTurn(String id) {
			this.id = id;
		}

		synchronized void write(TurnInput input) {
			this.inputs.add(input);
		}

		/**
		 * When the turn began.
		 * @return milliseconds by the runtime's clock, or {@code null} if it has not
		 */
		synchronized @Nullable Long beganAt() {
			return (!this.inputs.isEmpty() && this.inputs.get(0) instanceof TurnInput.Begun begun) ? begun.at() : null;
		}

		/**
		 * Keep what a call of a model offers: tools that the client adds are not known
		 * before.
		 * @param offering what it offers
		 */
		synchronized void offer(OfferedTools offering) {
			this.offered = offering;
		}

		/**
		 * What the last call of a model offered.
		 * @return the tools, or {@code null} if no model was called
		 */
		synchronized @Nullable OfferedTools offered() {
			return this.offered;
		}

		/**
		 * The turn waits for its provider.
		 * @param now the time in milliseconds
		 */
		synchronized void waits(long now) {
			this.waitsSince = now;
		}

		/**
		 * The turn does not wait any more, if it did.
		 * @param now the time in milliseconds
		 */
		synchronized void goesOn(long now) {
			this.waited = waited(now);
			this.waitsSince = -1;
		}

		synchronized boolean isWaiting() {
			return this.waitsSince >= 0;
		}

		/**
		 * How long the turn has waited for its provider.
		 * @param now the time in milliseconds
		 * @return milliseconds
		 */
		synchronized long waited(long now) {
			return (this.waitsSince >= 0) ? this.waited + now - this.waitsSince : this.waited;
		}

		synchronized List<TurnInput> inputs() {
			return List.copyOf(this.inputs);
		}

	}

}
