package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.MessageRejectedException;
import io.switchboard.ai.turn.TurnAsleep;
import io.switchboard.ai.turn.TurnCancelled;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.ai.turn.UnreadableSessionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The owner of one turn: it holds the subscription to the agent, so the turn runs on when
 * those who read it go, and ends for all of them when somebody cancels it.
 */
final class RunningTurn implements FollowedTurn {

	/** How many events may wait to be written before the agent is asked for no more. */
	static final int MOST_WAITING = 256;

	/**
	 * How long the end of a turn waits for the restart of the agent that crashed in it.
	 */
	private static final Duration RESTART_GRACE = Duration.ofSeconds(2);

	private static final String AWAITING_APPROVAL = "awaiting-approval";

	private final Disposable.Swap acceptance = Disposables.swap();

	private final Disposable.Swap subscription = Disposables.swap();

	private final Sinks.Empty<Void> begun = Sinks.empty();

	private final Sinks.One<String> answer = Sinks.one();

	private final String id;

	private final AgentPath path;

	private final SessionFeed feed;

	private final Means means;

	private final Broadcast broadcast;

	private final Owner owner;

	/**
	 * The events that are not told, and one more as long as the agent may send some.
	 */
	private final AtomicInteger untold = new AtomicInteger();

	private final AtomicReference<Sleep> sleep = new AtomicReference<>(Sleep.AWAKE);

	/** Those who wait for the answer. */
	private final AtomicInteger waiting = new AtomicInteger();

	private Broadcast.@Nullable Reader first;

	private volatile @Nullable Events events;

	private volatile long firstEvent;

	/** Set before the agent is asked, and then changed by what it tells, one by one. */
	private volatile @Nullable ToldBefore before;

	private volatile boolean waitsForPerson;

	/** Guarded by the feed. */
	private boolean closed;

	/**
	 * Make a turn that has not begun.
	 * @param id the turn's id
	 * @param path the agent
	 * @param feed writes and tells its events
	 * @param means what turns share
	 * @param owner made it
	 */
	RunningTurn(String id, AgentPath path, SessionFeed feed, Means means, Owner owner) {
		this.id = id;
		this.path = path;
		this.feed = feed;
		this.means = means;
		this.broadcast = means.broadcast();
		this.owner = owner;
	}

	@Override
	public String id() {
		return this.id;
	}

	/**
	 * Where the turn belongs.
	 * @return the feed of its session
	 */
	SessionFeed feed() {
		return this.feed;
	}

	/**
	 * Let the one who asked read from the beginning. To be called before the start.
	 */
	void expectReader() {
		this.first = this.broadcast.join();
	}

	/**
	 * Do something before the turn is sent to the agent. It goes on when whoever asked
	 * goes.
	 * @param work sends it, at its end
	 */
	void prepare(Mono<Void> work) {
		this.acceptance.replace(work.subscribe((nothing) -> {
		}, this::fail));
	}

	/**
	 * Send the turn to the agent. To be called once, and when it was {@linkplain #wakeUp
	 * woken up}.
	 * @param source the agent's events
	 * @param context what the agent may see of the request
	 */
	void start(Flux<TurnEvent> source, ContextView context) {
		this.untold.incrementAndGet();
		Events next = new Events(Context.of(context));
		this.events = next;
		this.subscription.replace(next);
		try {
			source.onErrorResume(AgentExitedException.class, this::awaitRestart).subscribe(next);
		}
		catch (RuntimeException ex) {
			// a template that specifies the session's agent runs while subscribing
			fail(ex);
		}
	}

	private Flux<TurnEvent> awaitRestart(AgentExitedException exited) {
		Mono<Void> restart = exited.reason().isAbnormal() ? this.feed.nextLife(exited.incarnation(), RESTART_GRACE)
				: Mono.empty();
		return restart.thenMany(Flux.error(exited));
	}

	private void next(TurnEvent event) {
		if (event instanceof TurnFailed failed) {
			ProblemException problem = this.means.problems().of(failed).with("turn", this.id);
			fail(failed.failure(), problem, TurnEnd.failed(problem));
		}
		else if (event instanceof TurnCancelled) {
			endCancelled();
		}
		else if (event.last()) {
			this.feed.send(this, event.type(), WireJson.write(event), TurnEnd.answered());
		}
		else {
			TurnEvent untold = untold(event);
			if (untold != null) {
				this.untold.incrementAndGet();
				this.feed.send(this, untold.type(), WireJson.write(untold), null);
			}
			else {
				this.waitsForPerson = AWAITING_APPROVAL.equals(event.type());
				goOn();
			}
		}
	}

	private @Nullable TurnEvent untold(TurnEvent event) {
		if (event instanceof TurnStarted && this.firstEvent > 0) {
			return null;
		}
		ToldBefore told = this.before;
		if (told == null) {
			return event;
		}
		TurnEvent untold = told.untold(event);
		if (told.isOver()) {
			this.before = null;
		}
		return untold;
	}

	private void fail(Throwable failure) {
		if (this.feed.find(this.id) != this || isClosed()) {
			// the agent's stream ends behind the event that ended the turn
			return;
		}
		UnreadableSessionException unreadable = unreadable(failure);
		if (unreadable != null) {
			quarantine(unreadable.reason());
			return;
		}
		if (this.feed.staysOpen() && isGone(failure)) {
			this.feed.forget(this);
			leave(DisconnectedException.draining());
			return;
		}
		ProblemException problem = this.means.problems().ofTurn(failure, this.path, this.id);
		fail(problem.type().id(), problem, isRejected(failure) ? TurnEnd.refused(problem) : TurnEnd.failed(problem));
	}

	private static @Nullable UnreadableSessionException unreadable(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnreadableSessionException found) {
				return found;
			}
		}
		return null;
	}

	/**
	 * The turn stays open, for people to look at what cannot be read.
	 */
	private void quarantine(String reason) {
		this.acceptance.replace(this.feed.quarantine(reason).subscribe((nothing) -> {
		}, this::fail));
		this.feed.forget(this);
		tellNoMore(Turns.quarantined(reason).with("turn", this.id), DisconnectedException.quarantined());
		this.owner.ended(this);
	}

	private static boolean isGone(Throwable failure) {
		return failure instanceof AgentExitedException || isRejected(failure);
	}

	private static boolean isRejected(Throwable failure) {
		return failure instanceof MessageRejectedException || failure.getCause() instanceof MessageRejectedException;
	}

	private void endWithoutAnswer() {
		fail(new ProblemException(ProblemType.NO_ANSWER,
				"The agent ended the turn without an answer. It is ready for the next."));
	}

	private void fail(String failure, ProblemException problem, TurnEnd end) {
		this.feed.send(this, EndedTurn.FAILED, problem.asFailure(failure), end);
	}

	/**
	 * Give the turn up, down to the connection to the model's provider.
	 */
	void cancel() {
		this.sleep.set(Sleep.AWAKE);
		endCancelled();
		this.subscription.dispose();
	}

	private void endCancelled() {
		TurnCancelled last = new TurnCancelled(this.id);
		this.feed.send(this, last.type(), WireJson.write(last), TurnEnd.cancelled(cancelled(this.id)));
	}

	static ProblemException cancelled(String turn) {
		return new ProblemException(ProblemType.TURN_CANCELLED,
				"The turn was cancelled before it had an answer. The conversation is as it was before.")
			.with("turn", turn);
	}

	/**
	 * Tell those who wait that there will be no answer here, and nothing else: the turn
	 * was not accepted, or goes on elsewhere.
	 * @param problem what clients are told that wait for the answer
	 * @param reason what readers are told
	 */
	void tellNoMore(ProblemException problem, @Nullable DisconnectedException reason) {
		this.sleep.set(Sleep.AWAKE);
		this.begun.tryEmitError(problem);
		this.answer.tryEmitError(problem);
		if (reason != null) {
			this.broadcast.disconnect(reason);
		}
		else {
			this.broadcast.complete();
		}
	}

	/**
	 * Let go of the turn, which stays as it is in the journal.
	 * @param reason what readers are told
	 */
	void leave(DisconnectedException reason) {
		this.acceptance.dispose();
		this.subscription.dispose();
		tellNoMore(reason.problem(this.id), reason);
	}

	/**
	 * Tell the readers of an event.
	 * @param event the event, written
	 */
	void tell(FeedEvent event) {
		if (this.id.equals(event.turn())) {
			if (this.firstEvent == 0) {
				this.firstEvent = event.id();
			}
			this.waitsForPerson = AWAITING_APPROVAL.equals(event.type());
		}
		this.broadcast.send(event);
	}

	/**
	 * An event that was written is told.
	 */
	void told() {
		goOn();
		done();
	}

	private void goOn() {
		this.begun.tryEmitEmpty();
		Events current = this.events;
		if (current != null) {
			current.told();
		}
	}

	/**
	 * The end was told.
	 * @param end how the turn ended
	 * @param data the data of its last event
	 */
	void end(TurnEnd end, String data) {
		this.broadcast.complete();
		if (end.problem() != null) {
			this.begun.tryEmitError(end.problem());
			this.answer.tryEmitError(end.problem());
		}
		else {
			this.begun.tryEmitEmpty();
			this.answer.tryEmitValue(data);
		}
		this.owner.ended(this);
	}

	/**
	 * The agent leaves memory, and all it has told is told.
	 */
	private void done() {
		if (this.untold.decrementAndGet() == 0) {
			boolean wanted = this.sleep.getAndSet(Sleep.ASLEEP) == Sleep.WANTED;
			this.owner.asleep(this, wanted);
		}
	}

	/**
	 * Whether the agent was sent the turn from here.
	 * @return {@code true} if so
	 */
	boolean wasSent() {
		return this.events != null;
	}

	/**
	 * Be asleep, as a turn is that only the journal knows.
	 */
	void asleep() {
		this.sleep.set(Sleep.ASLEEP);
	}

	/**
	 * Something waits for the turn.
	 * @return whether it is up already, and goes on by itself if it is about to fall
	 * asleep
	 */
	boolean isUp() {
		return this.sleep.updateAndGet((now) -> (now == Sleep.AWAKE) ? Sleep.WANTED : now) != Sleep.ASLEEP;
	}

	/**
	 * Let the turn go on.
	 * @return whether it was asleep, and the caller has to {@linkplain #start send} it
	 */
	boolean wakeUp() {
		return this.sleep.compareAndSet(Sleep.ASLEEP, Sleep.AWAKE);
	}

	/**
	 * Whether its agent has left memory, and nobody here waits for what it tells.
	 * @return {@code true} if it need not be known here
	 */
	boolean isForgettable() {
		return isAsleep() && !this.broadcast.hasReaders() && this.waiting.get() == 0;
	}

	boolean isAsleep() {
		return this.sleep.get() == Sleep.ASLEEP;
	}

	private void left() {
		if (isAsleep()) {
			this.owner.asleep(this, false);
		}
	}

	/**
	 * Whether the end of the turn is known, told or not.
	 * @return {@code true} if so
	 */
	boolean isClosed() {
		return this.closed;
	}

	void close() {
		this.closed = true;
	}

	/**
	 * Whether the turn waits for nothing but a person's decision.
	 * @return {@code true} if so
	 */
	boolean waitsForPerson() {
		return this.waitsForPerson;
	}

	/**
	 * The turn has told something before, in another life of the application.
	 * @param told what
	 */
	void resumeFrom(ToldBefore told) {
		this.before = told;
		this.firstEvent = told.first();
		this.begun.tryEmitEmpty();
	}

	@Override
	public Mono<Void> begun() {
		return this.begun.asMono().publishOn(this.means.past().scheduler());
	}

	@Override
	public Mono<String> answer() {
		return Mono.defer(() -> {
			this.waiting.incrementAndGet();
			RunningTurn current = this.owner.current(this);
			if (current != this) {
				this.waiting.decrementAndGet();
				return current.answer();
			}
			return this.answer.asMono().doFinally((signal) -> {
				this.waiting.decrementAndGet();
				left();
			});
		}).publishOn(this.means.past().scheduler());
	}

	/**
	 * Wait until the turn has ended.
	 * @return completes when its end was told, however it ended
	 */
	Mono<Void> over() {
		return this.answer.asMono().onErrorComplete().then();
	}

	@Override
	public Flux<FeedEvent> events(@Nullable Cursor cursor) {
		return Flux.defer(() -> {
			Broadcast.Reader reader = this.broadcast.join();
			RunningTurn current = this.owner.current(this);
			if (current != this) {
				reader.leave();
				return current.events(cursor);
			}
			long began = this.firstEvent;
			if (cursor == null && began == 0) {
				return reader.events().doFinally((signal) -> left());
			}
			Cursor from = (cursor != null) ? cursor : new Cursor(began - 1);
			return this.means.past()
				.thenLive(this.path, from, reader.events())
				.filter((event) -> event.turn() == null || this.id.equals(event.turn()))
				.doFinally((signal) -> {
					reader.leave();
					left();
				});
		});
	}

	/**
	 * Read the turn's events as the one for whom it began.
	 * @return the events until the turn ends, for one subscriber
	 */
	Flux<FeedEvent> eventsForFirst() {
		return Flux.defer(() -> {
			Broadcast.Reader reader = Objects.requireNonNull(this.first, "was expected");
			return reader.isCutOff() ? events(null) : reader.events().doFinally((signal) -> left());
		});
	}

	/**
	 * Whoever makes turns.
	 */
	@FunctionalInterface
	interface Owner {

		/**
		 * A turn has ended.
		 * @param turn the turn
		 */
		void ended(RunningTurn turn);

		/**
		 * The agent of a turn has left memory, or somebody has left such a turn.
		 * @param turn the turn
		 * @param wanted whether it has to go on all the same
		 */
		default void asleep(RunningTurn turn, boolean wanted) {
		}

		/**
		 * Find what tells of a turn now that somebody wants to follow it.
		 * @param turn the turn, which is not forgotten any more if it is known
		 * @return the same, or another one that stands for it
		 */
		default RunningTurn current(RunningTurn turn) {
			return turn;
		}

	}

	/**
	 * Whether the agent has the turn.
	 */
	private enum Sleep {

		/** It has. */
		AWAKE,

		/** It has, and has to have it again if it leaves memory now. */
		WANTED,

		/** It has left memory. */
		ASLEEP

	}

	/**
	 * What turns share.
	 *
	 * @param past reads what was told
	 * @param problems tells what went wrong
	 * @param buffer how many events may wait for each reader
	 */
	record Means(PastEvents past, Problems problems, int buffer) {

		Broadcast broadcast() {
			return new Broadcast(this.buffer, this.past.scheduler());
		}

	}

	/**
	 * Takes what the agent tells, as fast as it is written.
	 */
	private final class Events extends BaseSubscriber<TurnEvent> {

		private static final int MORE = MOST_WAITING / 4;

		private final Context context;

		private final AtomicInteger told = new AtomicInteger();

		private boolean asleep;

		Events(Context context) {
			this.context = context;
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		protected void hookOnSubscribe(Subscription upstream) {
			request(MOST_WAITING);
		}

		@Override
		protected void hookOnNext(TurnEvent event) {
			if (event instanceof TurnAsleep) {
				this.asleep = true;
				done();
			}
			else {
				next(event);
			}
		}

		@Override
		protected void hookOnError(Throwable failure) {
			fail(failure);
		}

		@Override
		protected void hookOnComplete() {
			if (!this.asleep) {
				endWithoutAnswer();
			}
		}

		void told() {
			if (this.told.incrementAndGet() % MORE == 0) {
				request(MORE);
			}
		}

	}

}
