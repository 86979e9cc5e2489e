package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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

	private static final int MOST_ENDED = 1_000;

	private final Map<AgentPath, OpenTurn> turns = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<AgentPath, OpenTurn> eldest) {
			return size() > MOST;
		}

	};

	/**
	 * Turns that ended last. A life that is cut off in that moment leaves nobody who
	 * knows whether the end was told.
	 */
	private final Map<AgentPath, EndedTurn> ended = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<AgentPath, EndedTurn> eldest) {
			return size() > MOST_ENDED;
		}

	};

	/**
	 * Find a turn that was begun and is not over, or of which a life before may not have
	 * told the end.
	 * @param request what is asked for; a life after another gets the same object
	 * @param context the life that is to lead it
	 * @return the turn, or {@code null} if there is none
	 */
	@Nullable OpenTurn find(TurnRequest request, AgentContext<?> context) {
		synchronized (this.turns) {
			OpenTurn known = this.turns.get(context.path());
			if (known != null && known.id.equals(request.turn())) {
				return known;
			}
			EndedTurn over = this.ended.get(context.path());
			return (over != null && over.mayBeUntold(request, context)) ? over.turn() : null;
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
			this.ended.remove(agent);
		}
		return begun;
	}

	/**
	 * A turn is over.
	 * @param request what was asked for
	 * @param context the life that led it
	 * @param turn the turn
	 */
	void end(TurnRequest request, AgentContext<?> context, OpenTurn turn) {
		synchronized (this.turns) {
			if (this.turns.remove(context.path(), turn)) {
				this.ended.remove(context.path());
				this.ended.put(context.path(), new EndedTurn(request, context.incarnation(), turn));
			}
		}
	}

	/**
	 * Nobody wants a turn any more.
	 * @param agent who led it
	 * @param turn the turn
	 */
	void forget(AgentPath agent, OpenTurn turn) {
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

		private @Nullable Object leader;

		private @Nullable Mono<Void> keeping;

		private boolean ended;

		private long waited;

		private long waitsSince = -1;

		private @Nullable Recovering rung;

		private long rungSince;

		OpenTurn(String id) {
			this.id = id;
		}

		/**
		 * Another life leads the turn from now on. What the one before still has to say,
		 * as it is not at its end yet, is not written any more.
		 * @param life stands for the life
		 */
		synchronized void ledBy(Object life) {
			this.leader = life;
		}

		synchronized boolean isLedBy(Object life) {
			return this.leader == life;
		}

		/**
		 * Write down what happened.
		 * @param life to whom it happened
		 * @param input what happened
		 * @return whether that life still leads the turn
		 */
		synchronized boolean write(Object life, TurnInput input) {
			if (this.leader != life) {
				return false;
			}
			this.inputs.add(input);
			return true;
		}

		/**
		 * Put the turn into the conversation, once. A life that is cut off meanwhile does
		 * not cut that off, and the next one waits for the same.
		 * @param write does it
		 * @return when it is done
		 */
		synchronized Mono<Void> keep(Mono<Void> write) {
			if (this.keeping == null) {
				this.keeping = write.doOnError((ex) -> notKept()).cache();
			}
			return this.keeping;
		}

		private synchronized void notKept() {
			this.keeping = null;
		}

		/**
		 * Whether the turn's end is told for the first time.
		 * @return {@code true} once
		 */
		synchronized boolean isFirstEnd() {
			boolean first = !this.ended;
			this.ended = true;
			return first;
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
		 * The turn waits for its provider or for a person.
		 * @param life who leads it
		 * @param now the time in milliseconds
		 */
		synchronized void waits(Object life, long now) {
			if (this.leader == life) {
				this.waited = waited(now);
				this.waitsSince = now;
			}
		}

		/**
		 * The turn does not wait any more, if it did. A life that leads it no more has no
		 * say.
		 * @param life who leads it
		 * @param now the time in milliseconds
		 */
		synchronized void goesOn(Object life, long now) {
			if (this.leader == life) {
				this.waited = waited(now);
				this.waitsSince = -1;
			}
		}

		/**
		 * Since when the turn is at a rung.
		 * @param rung what was told of it
		 * @param now the time in milliseconds
		 * @return the time in milliseconds: now, unless a life has asked before
		 */
		synchronized long isAt(Recovering rung, long now) {
			if (!rung.equals(this.rung)) {
				this.rung = rung;
				this.rungSince = now;
			}
			return this.rungSince;
		}

		synchronized boolean isWaiting() {
			return this.waitsSince >= 0;
		}

		/**
		 * How long the turn has waited.
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

	/**
	 * A turn that is over.
	 *
	 * @param request what was asked for
	 * @param incarnation the life that led it last
	 * @param turn the turn
	 */
	private record EndedTurn(TurnRequest request, long incarnation, OpenTurn turn) {

		@SuppressWarnings("ReferenceEquality") // an equal request is another turn
		boolean mayBeUntold(TurnRequest asked, AgentContext<?> context) {
			return this.request == asked && this.incarnation < context.incarnation();
		}

	}

}
