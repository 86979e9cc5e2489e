package io.switchboard.ai.turn;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.ai.tool.ToolOffer;
import io.switchboard.ai.tool.WaitingFor;
import io.switchboard.ai.tool.WaitingTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What has happened in turns that are not over, outside the lives that lead them, so that
 * the next life goes on where the last one was cut off. In memory.
 */
final class OpenTurns {

	/**
	 * A turn that is forgotten begins anew.
	 */
	private static final int MOST = 100_000;

	private static final int MOST_ENDED = 1_000;

	/**
	 * How many turns are kept whose requests are gone. A behaviour that makes requests of
	 * other messages has a new one for the next life.
	 */
	private static final int MOST_LEFT = 1_000;

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
	 * Requests that nobody has any more. The runtime has that of a turn that waits for
	 * its next life, so most agents of these turns are gone for good.
	 */
	private final ReferenceQueue<TurnRequest> gone = new ReferenceQueue<>();

	private final Deque<Asked> left = new ArrayDeque<>();

	private final BiConsumer<AgentPath, String> forgotten;

	/**
	 * Begin with no turns.
	 * @param forgotten told the agent and the id of a turn that nobody goes on with
	 */
	OpenTurns(BiConsumer<AgentPath, String> forgotten) {
		this.forgotten = forgotten;
	}

	/**
	 * Find a turn that was begun and is not over, or of which a life before may not have
	 * told the end. Another request that has the same id by accident is another turn: the
	 * one that was begun is not coming back, as it would have come first.
	 * @param request what is asked for; a life after another gets the same object
	 * @param context the life that is to lead it
	 * @return the turn, or {@code null} if there is none
	 */
	@Nullable OpenTurn find(TurnRequest request, AgentContext<?> context) {
		synchronized (this.turns) {
			OpenTurn known = this.turns.get(context.path());
			if (known != null && known.request.equals(request)) {
				known.asked = new Asked(context.path(), request, known, this.gone);
				return known;
			}
			EndedTurn over = this.ended.get(context.path());
			return (over != null && over.mayBeUntold(request, context)) ? over.turn() : null;
		}
	}

	/**
	 * Begin a turn. An agent has one at a time.
	 * @param agent who leads it
	 * @param request what is asked for
	 * @return the turn
	 */
	OpenTurn begin(AgentPath agent, TurnRequest request) {
		return begin(agent, request, null);
	}

	/**
	 * Begin a turn, or go on with one that no life of this process knows.
	 * @param agent who leads it
	 * @param request what is asked for
	 * @param log writes what happens in it, or {@code null} if nobody does
	 * @return the turn
	 */
	OpenTurn begin(AgentPath agent, TurnRequest request, @Nullable TurnLog log) {
		forgetGone();
		OpenTurn begun = new OpenTurn(request, log);
		begun.asked = new Asked(agent, request, begun, this.gone);
		synchronized (this.turns) {
			this.turns.put(agent, begun);
			this.ended.remove(agent);
		}
		return begun;
	}

	private void forgetGone() {
		List<Asked> most = new ArrayList<>();
		synchronized (this.turns) {
			for (Reference<?> next = this.gone.poll(); next != null; next = this.gone.poll()) {
				this.left.add((Asked) next);
			}
			while (this.left.size() > MOST_LEFT) {
				Asked asked = this.left.remove();
				if (asked.turn.asked == asked && this.turns.remove(asked.agent, asked.turn)) {
					most.add(asked);
				}
			}
		}
		most.forEach((asked) -> this.forgotten.accept(asked.agent, asked.turn.request.turn()));
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
				turn.isOver();
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

		private final TurnRequest request;

		private final List<TurnInput> inputs = new ArrayList<>();

		/**
		 * Kept here, as a reference that is lost itself is never told to be gone. Changed
		 * under the lock of all turns.
		 */
		@Nullable Reference<TurnRequest> asked;

		/**
		 * Writes what happens to the journal; {@code null} if nobody does.
		 */
		private @Nullable TurnLog log;

		private @Nullable ToolOffer offered;

		private @Nullable Object leader;

		private @Nullable Mono<Void> keeping;

		private boolean complete;

		private boolean outOfTime;

		private boolean ended;

		private final WaitingTime waiting = new WaitingTime();

		private @Nullable Recovering rung;

		private long rungSince;

		OpenTurn(TurnRequest request, @Nullable TurnLog log) {
			this.log = log;
			// a copy, or nobody could tell that the request is gone
			this.request = request.copy();
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
		 * A life is at its end. What it knows is not kept for those to come.
		 * @param life stands for the life
		 */
		synchronized void leftBy(Object life) {
			if (this.leader == life) {
				this.leader = null;
			}
		}

		/**
		 * Write down what happened.
		 * @param life to whom it happened
		 * @param input what happened
		 * @param now the time in milliseconds
		 * @return whether that life still leads the turn
		 * @see #log
		 */
		synchronized boolean write(Object life, TurnInput input, long now) {
			if (this.leader != life) {
				return false;
			}
			if (this.log != null) {
				this.log.add(input, Instant.ofEpochMilli(now));
			}
			this.inputs.add(input);
			return true;
		}

		/**
		 * Where what happens has to be written before anything follows from it.
		 * @return the log, or {@code null} if there is none
		 */
		synchronized @Nullable TurnLog log() {
			return this.log;
		}

		/**
		 * Begin where another process has left off.
		 * @param replay what has happened there
		 * @param now the time in milliseconds
		 */
		synchronized void leftOff(TurnReplay replay, long now) {
			this.inputs.addAll(replay.inputs());
			this.waiting.add(replay.waited(now));
		}

		/**
		 * Put the turn into the conversation, once. A life that is cut off meanwhile does
		 * not cut that off, and the next one waits for the same.
		 * @param write does it
		 * @return when it is done; never, if the time was up before
		 */
		synchronized Mono<Void> keep(Mono<Void> write) {
			if (this.outOfTime) {
				return Mono.never();
			}
			this.complete = true;
			if (this.keeping == null) {
				this.keeping = write.doOnError((ex) -> kept(null)).doOnSuccess((done) -> kept(Mono.empty())).cache();
			}
			return this.keeping;
		}

		/**
		 * The time is up. What is complete is not cut off by that any more, or a turn of
		 * which clients hear that it failed would be in the conversation.
		 * @return whether that ends the turn
		 */
		synchronized boolean isCutOffByTime() {
			this.outOfTime = !this.complete;
			return this.outOfTime;
		}

		/**
		 * What wrote it knows the life that did, which is not to be kept as long as the
		 * turn.
		 */
		private synchronized void kept(@Nullable Mono<Void> outcome) {
			this.keeping = outcome;
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

		TurnRequest request() {
			return this.request;
		}

		/**
		 * When the turn began.
		 * @return milliseconds by the runtime's clock, or {@code null} if it has not
		 */
		synchronized @Nullable Long beganAt() {
			return (!this.inputs.isEmpty() && this.inputs.get(0) instanceof TurnInput.Begun begun) ? begun.at() : null;
		}

		/**
		 * Keep what a call of a model has offered: tools that the client adds are not
		 * known before.
		 * @param offer what it has offered
		 */
		synchronized void offer(ToolOffer offer) {
			this.offered = offer;
		}

		/**
		 * What the last call of a model offered.
		 * @return the tools, or {@code null} if no model was called
		 */
		synchronized @Nullable ToolOffer offered() {
			return this.offered;
		}

		/**
		 * No more tools are called, and nothing more is written: with its end the journal
		 * forgets what happened in the turn.
		 */
		synchronized void isOver() {
			this.offered = null;
			this.log = null;
		}

		/**
		 * The turn waits. Whoever says so says as well that it goes on.
		 * @param life who leads it
		 * @param what for what it waits
		 * @param now the time in milliseconds
		 * @return whether that counts: a life that leads it no more has no say
		 */
		synchronized boolean waits(Object life, WaitingFor what, long now) {
			if (this.leader != life) {
				return false;
			}
			this.waiting.waits(what, now);
			return true;
		}

		/**
		 * How long the turn has waited.
		 * @return the time in all lives
		 */
		WaitingTime waiting() {
			return this.waiting;
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

		synchronized List<TurnInput> inputs() {
			return List.copyOf(this.inputs);
		}

	}

	/**
	 * The request of a turn that is not over.
	 */
	private static final class Asked extends WeakReference<TurnRequest> {

		private final AgentPath agent;

		private final OpenTurn turn;

		Asked(AgentPath agent, TurnRequest request, OpenTurn turn, ReferenceQueue<TurnRequest> gone) {
			super(request, gone);
			this.agent = agent;
			this.turn = turn;
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
