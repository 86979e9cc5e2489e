package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalException;
import io.switchboard.journal.JournalTurn;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.StaleWriterException;
import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/**
 * Begins turns, goes on with those that were cut off, and finds those that run. The
 * journal knows each of them before its agent does.
 */
final class Turns implements RunningTurn.Owner {

	/** Two requests may meet, and another process may lead the session. */
	private static final int ATTEMPTS = 3;

	private static final Duration FIRST_DELAY = Duration.ofMillis(100);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

	private final AgentSystem system;

	private final SessionFeeds feeds;

	private final TurnSource source;

	private final TurnTargets targets;

	private final Approvals approvals;

	private final SessionAccess access;

	private final SessionRemains remains;

	private final TurnLimits limits;

	private final RunningTurn.Means means;

	private final Duration acceptTimeout;

	private final Scheduler scheduler;

	private final Resumption resumption;

	Turns(AgentSystem system, SessionFeeds feeds, TurnSource source, TurnTargets targets, Approvals approvals,
			SessionAccess access, SessionRemains remains, TurnLimits limits, RunningTurn.Means means) {
		this.system = system;
		this.feeds = feeds;
		this.source = source;
		this.targets = targets;
		this.approvals = approvals;
		this.access = access;
		this.remains = remains;
		this.limits = limits;
		this.means = means;
		this.acceptTimeout = access.patience();
		this.scheduler = means.past().scheduler();
		this.resumption = new Resumption(feeds.writers(), this::resumeAtStart, this.scheduler);
	}

	/**
	 * What was cut off when the application ended.
	 * @return goes on with it
	 */
	Resumption resumption() {
		return this.resumption;
	}

	/**
	 * Begin a turn.
	 * @param caller who asks for it
	 * @param target the agent
	 * @param input what the user says
	 * @param read whether its events are wanted
	 * @param context what the agent may see of the request
	 * @return the turn, once it is kept; fails with a {@link ProblemException} if that is
	 * not possible
	 */
	Mono<Asked> begin(Caller caller, TurnTarget target, String input, boolean read, ContextView context) {
		return accept(caller, target, input, null, read, context).retryWhen(whileOthersLead())
			.transform(this::explained);
	}

	/**
	 * Begin a turn, or join the one that was begun with the same key.
	 * @param caller who asks for it
	 * @param key the key
	 * @param target the agent, or a new session of it
	 * @param input what the user says
	 * @param read whether its events are wanted
	 * @param context what the agent may see of the request
	 * @return the turn and who it is for; fails with a {@link ProblemException} if the
	 * turn cannot be kept, or the key belongs to another input
	 */
	Mono<Asked> beginOnce(Caller caller, IdempotencyKey key, TurnTarget target, String input, boolean read,
			ContextView context) {
		String text = key.text();
		return limited(this.resumption.ready(target.path()).then(journal().turnOf(text)).retryWhen(whileAway()))
			.flatMap((known) -> join(caller, joined(target, known), known, input))
			.switchIfEmpty(Mono.defer(() -> accept(caller, target, input, text, read, context)))
			.retryWhen(whileOthersLead())
			.transform(this::explained);
	}

	private static Retry whileOthersLead() {
		return Retry.max(ATTEMPTS)
			.filter((ex) -> ex instanceof JournalConflictException || ex instanceof StaleWriterException)
			.onRetryExhaustedThrow((retry, last) -> last.failure());
	}

	private Mono<Asked> explained(Mono<Asked> turn) {
		return turn.onErrorMap((ex) -> ex instanceof JournalException || ex instanceof TimeoutException,
				(ex) -> unavailable(ex, "It was not taken. Send it again later."));
	}

	static ProblemException unavailable(@Nullable Throwable cause, String rest) {
		return new ProblemException(ProblemType.JOURNAL_UNAVAILABLE,
				"The store that keeps sessions is away or has too much to do. " + rest, cause);
	}

	private Mono<Asked> accept(Caller caller, TurnTarget target, String input, @Nullable String key, boolean read,
			ContextView context) {
		return limited(this.resumption.ready(target.path()).then(admitted(caller, target))).then(Mono.defer(() -> {
			this.limits.countOfAll();
			return accepted(caller, target, input, key, read, context);
		}));
	}

	/**
	 * A session that the journal does not know has no owner to ask, but something may be
	 * left of one that had.
	 */
	private Mono<Void> admitted(Caller caller, TurnTarget target) {
		return this.access.begins(caller, target)
			.retryWhen(whileAway())
			.filter((begins) -> begins && this.system.typeOf(target.path()) == null)
			.flatMap((begins) -> this.remains.forget(target.path())
				.onErrorMap((ex) -> unavailable(ex, "It was not taken. Send it again later.")));
	}

	private Mono<Asked> accepted(Caller caller, TurnTarget target, String input, @Nullable String key, boolean read,
			ContextView context) {
		Sinks.One<Asked> accepted = Sinks.one();
		RunningTurn turn = this.feeds.begin(target, (feed) -> create(Ids.random(), target, feed, read));
		SessionFeed feed = turn.feed();
		Acceptance acceptance = new Acceptance(feed, whileAway(), this.access.claim(caller, target)
			.map((claimed) -> entries(caller, target, turn.id(), input, key, claimed)));
		Mono<Void> stays = this.access.stays(caller, target).retryWhen(whileAway());
		turn.prepare(limited(acceptance.write().then(stays)).publishOn(feed.inOrder()).doOnSuccess((nothing) -> {
			if (acceptance.isClaim()) {
				feed.claimed();
			}
			turn.start(this.source.open(target, turn.id(), input, journal().isDurable()), context);
			accepted.tryEmitValue(new Asked(target, turn, true));
		}).onErrorResume((ex) -> {
			refuse(target, feed, turn, acceptance, ex);
			accepted.tryEmitError(ex);
			return Mono.empty();
		}));
		return accepted.asMono();
	}

	private List<JournalEntry> entries(Caller caller, TurnTarget target, String turn, String input,
			@Nullable String key, boolean claimed) {
		String by = (target.session() == null) ? caller.owner() : null;
		JournalEntry accepted = new JournalEntry.Accepted(turn, new AcceptedMessage(input, by).write(), key,
				Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS)));
		return claimed ? List.of(new JournalEntry.Owned(caller.nameOrEmpty()), accepted) : List.of(accepted);
	}

	private void refuse(TurnTarget target, SessionFeed feed, RunningTurn turn, Acceptance acceptance,
			Throwable failure) {
		ProblemException problem = (failure instanceof ProblemException known) ? known
				: unavailable(failure, "It was not taken. Send it again later.");
		turn.tellNoMore(problem.with("turn", turn.id()), null);
		if (acceptance.giveUp(failure)) {
			feed.takeBack(turn, problem);
		}
		else {
			feed.forget(turn);
		}
		if (failure instanceof StaleWriterException) {
			feed.lost(failure);
		}
		tidy(target.path());
	}

	/**
	 * A turn that is known. It may have been accepted in another life of the application.
	 */
	private Mono<Asked> join(Caller caller, TurnTarget target, JournalTurn known, String input) {
		return this.access.reach(caller, target).then(Mono.defer(() -> join(target, known, input)));
	}

	private static TurnTarget joined(TurnTarget asked, JournalTurn known) {
		return (asked.session() != null) ? TurnTarget.session(asked.agent(), known.session().name()) : asked;
	}

	private Mono<Asked> join(TurnTarget target, JournalTurn known, String input) {
		if (!AcceptedMessage.read(known.message()).input().equals(input)) {
			return Mono.error(new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED,
					"The same Idempotency-Key came with another input before. Use a new key for a new turn."));
		}
		if (!known.isOpen()) {
			return Mono.just(new Asked(target, new EndedTurn(known, this.means.past()), false));
		}
		return limited(this.resumption.ready(target.path()).then(resume(target, known)))
			.map((turn) -> new Asked(target, turn, false));
	}

	/**
	 * Go on with a turn that is open, unless it runs here and its agent is in memory.
	 * @param target the agent
	 * @param known the turn
	 * @return the turn, once it was sent to the agent; or its end, if it has ended
	 */
	private Mono<FollowedTurn> resume(TurnTarget target, JournalTurn known) {
		return Mono.defer(() -> {
			RunningTurn turn = this.feeds.begin(target, (feed) -> findOrAsleep(target, feed, known.turn()));
			return turn.wakeUp() ? resume(target, turn.feed(), turn) : Mono.just(turn);
		});
	}

	private RunningTurn findOrAsleep(TurnTarget target, SessionFeed feed, String id) {
		RunningTurn running = feed.find(id);
		if (running != null) {
			return running;
		}
		RunningTurn asleep = create(id, target, feed, false);
		asleep.asleep();
		return asleep;
	}

	private Mono<FollowedTurn> resume(TurnTarget target, SessionFeed feed, RunningTurn turn) {
		Sinks.One<FollowedTurn> resumed = Sinks.one();
		turn.prepare(opened(feed).then(journal().turn(target.path(), turn.id()))
			.flatMap((now) -> now.isOpen() ? told(now).map((told) -> {
				restart(target, turn, now, told);
				return (FollowedTurn) turn;
			}) : Mono.fromSupplier(() -> {
				feed.forget(turn);
				return new EndedTurn(now, this.means.past());
			}))
			.publishOn(this.scheduler)
			.doOnNext(resumed::tryEmitValue)
			.onErrorResume((ex) -> {
				notResumed(feed, turn, ex);
				resumed.tryEmitError(ex);
				return Mono.empty();
			})
			.then());
		return resumed.asMono();
	}

	private static void notResumed(SessionFeed feed, RunningTurn turn, Throwable failure) {
		if (turn.wasSent() && failure instanceof JournalException && !(failure instanceof StaleWriterException)) {
			// who reads it reads on
			turn.asleep();
			return;
		}
		ProblemException problem = (failure instanceof ProblemException known) ? known
				: unavailable(failure, "The turn is kept and goes on later.");
		turn.tellNoMore(problem.with("turn", turn.id()), null);
		feed.forget(turn);
		if (failure instanceof StaleWriterException) {
			feed.lost(failure);
		}
	}

	private Mono<List<JournalEntry.Event>> told(JournalTurn turn) {
		return journal().events(turn.session(), turn.turn()).collectList().publishOn(this.scheduler);
	}

	private void restart(TurnTarget target, RunningTurn turn, JournalTurn known, List<JournalEntry.Event> told) {
		if (!told.isEmpty()) {
			turn.resumeFrom(new ToldBefore(told));
		}
		String input = AcceptedMessage.read(known.message()).input();
		turn.start(this.source.open(target, turn.id(), input, journal().isDurable()), Context.empty());
	}

	private static Mono<Void> opened(SessionFeed feed) {
		return feed.open().flatMap((writer) -> {
			String quarantine = feed.quarantine();
			return (quarantine != null) ? Mono.error(quarantined(quarantine)) : Mono.empty();
		});
	}

	static ProblemException quarantined(String reason) {
		return new ProblemException(ProblemType.SESSION_QUARANTINED,
				"The session cannot go on: %s. DELETE it to begin anew.".formatted(reason));
	}

	/**
	 * Go on with a turn that was open when the application started.
	 */
	private Mono<Void> resumeAtStart(JournalTurn turn) {
		return Mono.defer(() -> {
			TurnTarget target = this.targets.at(turn.session());
			if (target == null) {
				return quarantine(turn, "agent '%s' is not defined any more".formatted(turn.session()));
			}
			try {
				TurnSource.check(target);
				AcceptedMessage.read(turn.message());
			}
			catch (ProblemException | IllegalArgumentException ex) {
				return quarantine(turn, "turn '%s' cannot be resumed: %s".formatted(turn.turn(), ex.getMessage()));
			}
			return resume(target, turn).then();
		}).onErrorResume(ProblemException.class, (ex) -> Mono.empty());
	}

	/** A session that is in quarantine already is left alone, with all its epochs. */
	private Mono<Void> quarantine(JournalTurn turn, String reason) {
		AgentPath path = turn.session();
		return journal().find(path)
			.filter((session) -> !session.isQuarantined())
			.flatMap((session) -> this.feeds.writers().of(path, session.definition()))
			.flatMap((writer) -> writer.write(new JournalEntry.Quarantined(reason)));
	}

	private RunningTurn create(String id, TurnTarget target, SessionFeed feed, boolean read) {
		RunningTurn turn = new RunningTurn(id, target.path(), feed, this.means, this);
		if (read) {
			turn.expectReader();
		}
		feed.add(turn);
		return turn;
	}

	@Override
	public void ended(RunningTurn turn) {
		tidy(turn.feed().path());
	}

	@Override
	public void asleep(RunningTurn turn, boolean wanted) {
		if (wanted) {
			wake(turn.feed().path(), turn.id());
		}
		else {
			tidy(turn.feed().path());
		}
	}

	@Override
	public RunningTurn current(RunningTurn turn) {
		TurnTarget target = turn.isAsleep() ? this.targets.at(turn.feed().path()) : null;
		return (target != null) ? this.feeds.begin(target, (feed) -> findOrAsleep(target, feed, turn.id())) : turn;
	}

	/**
	 * Whether a turn of an agent waits that has left memory.
	 * @param path the agent
	 * @return {@code true} if so
	 */
	boolean isAsleep(AgentPath path) {
		return this.approvals.asleep(path) != null;
	}

	/**
	 * Bring the agent of a turn back, which has left memory or is about to.
	 * @param path the agent
	 * @param id the turn's id
	 */
	void wake(AgentPath path, String id) {
		RunningTurn running = find(path, id);
		if (running == null || !running.isUp()) {
			this.resumption.wake(path, id, () -> this.approvals.over(path, id));
		}
	}

	private @Nullable RunningTurn find(AgentPath path, String id) {
		SessionFeed feed = this.feeds.find(path);
		return (feed != null) ? feed.find(id) : null;
	}

	/**
	 * Cancel a turn, also one whose agent has left memory.
	 * @param target the agent
	 * @param id the turn's id
	 * @return completes when the turn will not go on; fails with a
	 * {@link ProblemException} if there is no such turn
	 */
	Mono<Void> cancel(TurnTarget target, String id) {
		return Mono.defer(() -> {
			RunningTurn turn = find(target.path(), id);
			if (turn != null) {
				cancel(turn);
				return Mono.empty();
			}
			return id.equals(this.approvals.asleep(target.path())) ? cancelAsleep(target, id)
					: Mono.error(Turns::unknown);
		});
	}

	private void cancel(RunningTurn turn) {
		turn.cancel();
		this.approvals.over(turn.feed().path(), turn.id());
	}

	private Mono<Void> cancelAsleep(TurnTarget target, String id) {
		return limited(journal().turn(target.path(), id)
			.filter(JournalTurn::isOpen)
			.switchIfEmpty(Mono.error(Turns::unknown))
			.map((known) -> this.feeds.begin(target, (feed) -> findOrAsleep(target, feed, id)))
			.flatMap((turn) -> opened(turn.feed()).publishOn(this.scheduler)
				.doOnSuccess((nothing) -> cancel(turn))
				.doOnError((ex) -> tidy(target.path()))))
			.onErrorMap((ex) -> ex instanceof JournalException || ex instanceof TimeoutException,
					(ex) -> unavailable(ex, "The turn may not be cancelled. Send it again later."));
	}

	static ProblemException unknown() {
		return new ProblemException(ProblemType.UNKNOWN_TURN,
				"No such turn runs: it has ended, or never was. There is nothing to cancel.");
	}

	/**
	 * Cancel all turns of a session.
	 * @param path the session's path
	 * @return completes when their ends were told
	 */
	Mono<Void> cancelAll(AgentPath path) {
		return Mono.defer(() -> {
			SessionFeed feed = this.feeds.find(path);
			if (feed == null) {
				return Mono.empty();
			}
			return limited(Flux.fromIterable(feed.turns()).doOnNext(this::cancel).flatMap(RunningTurn::over).then());
		}).onErrorMap(TimeoutException.class, Turns::notDeleted);
	}

	/**
	 * Delete all that is kept of a session.
	 * @param path the session's path
	 * @return completes when it is gone
	 */
	Mono<Void> delete(AgentPath path) {
		return limited(this.feeds.delete(path)).doOnSuccess((nothing) -> this.approvals.forget(path))
			.onErrorMap((ex) -> ex instanceof JournalException || ex instanceof TimeoutException, Turns::notDeleted);
	}

	private static ProblemException notDeleted(Throwable cause) {
		return unavailable(cause, "The session may not be deleted. Send it again later.");
	}

	/**
	 * Why a session cannot go on.
	 * @param path the session's path
	 * @return the reason, or nothing if it can
	 */
	Mono<String> quarantine(AgentPath path) {
		return limited(journal().find(path)).mapNotNull((session) -> session.quarantine())
			.onErrorMap((ex) -> ex instanceof JournalException || ex instanceof TimeoutException,
					(ex) -> unavailable(ex, "Send it again later."));
	}

	/**
	 * Read a session along.
	 * @param target the session
	 * @param cursor what the reader knows, or {@code null} to begin now
	 * @param caller who reads
	 * @return the events until the session stops
	 */
	Flux<FeedEvent> events(TurnTarget target, @Nullable Cursor cursor, Caller caller) {
		return this.feeds.events(target, this.means.past(), cursor, this.access.reach(caller, target))
			.doFinally((signal) -> tidy(target.path()));
	}

	private void tidy(AgentPath path) {
		if (this.system.typeOf(path) == null) {
			this.feeds.dropIfIdle(path);
		}
	}

	private Journal journal() {
		return this.feeds.writers().journal();
	}

	/** A store that is away for a moment need not be noticed. */
	private Retry whileAway() {
		return Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
			.maxBackoff(LONGEST_DELAY)
			.scheduler(this.scheduler)
			.filter(JournalUnavailableException.class::isInstance);
	}

	private <T> Mono<T> limited(Mono<T> work) {
		return work.timeout(this.acceptTimeout, this.scheduler);
	}

	/**
	 * A turn that was asked for.
	 *
	 * @param target who it is for
	 * @param turn the turn
	 * @param isNew whether it began with this request
	 */
	record Asked(TurnTarget target, FollowedTurn turn, boolean isNew) {

		Flux<FeedEvent> events(@Nullable Cursor cursor) {
			return (this.isNew && this.turn instanceof RunningTurn running) ? running.eventsForFirst()
					: this.turn.events(cursor);
		}

	}

}
