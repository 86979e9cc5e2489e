package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.JournalWriters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * What happens in one session: the turns that run, the restarts of the agent, and those
 * who read along. It lives outside the agent, so a crash does not end it. Everything is
 * written to the journal before anybody is told.
 */
final class SessionFeed implements SessionLog.Reader {

	private static final Logger logger = LoggerFactory.getLogger(SessionFeed.class);

	private static final Duration FIRST_DELAY = Duration.ofMillis(100);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

	private final Object lock = new Object();

	private final Map<String, RunningTurn> turns = new LinkedHashMap<>();

	private final AgentPath path;

	private final Mono<SessionLog.Opened> open;

	private final SessionLog log;

	private final Broadcast readers;

	private final Scheduler scheduler;

	private final Scheduler inOrder;

	private final BooleanSupplier draining;

	private final Owner owner;

	private List<Waiting> waiting = List.of();

	private long life;

	private boolean stopped;

	private volatile long lastTold = -1;

	private volatile @Nullable String quarantine;

	/**
	 * Make a feed that has written nothing.
	 * @param path the agent
	 * @param definition names the version of the agent's definition
	 * @param means what feeds share
	 */
	SessionFeed(AgentPath path, String definition, Means means) {
		this.path = path;
		this.scheduler = means.scheduler();
		this.inOrder = Schedulers.single(means.scheduler());
		this.draining = means.draining();
		this.owner = means.owner();
		this.readers = new Broadcast(means.buffer(), means.scheduler());
		this.open = open(path, definition, means.writers());
		this.log = new SessionLog(this.open, this, means.scheduler());
	}

	/**
	 * The session may have gone on since its writer took it over, so it is asked where it
	 * is.
	 */
	private Mono<SessionLog.Opened> open(AgentPath path, String definition, JournalWriters writers) {
		return writers.of(path, definition)
			.flatMap((writer) -> writers.journal().find(path).defaultIfEmpty(writer.session()).map((session) -> {
				this.quarantine = session.quarantine();
				return new SessionLog.Opened(writer, session.lastEvent());
			}))
			.cache((opened) -> Duration.ofMillis(Long.MAX_VALUE), (ex) -> Duration.ZERO, () -> Duration.ZERO);
	}

	/**
	 * Take the session over, if that was not done.
	 * @return the writer of the session; fails if the store is away
	 */
	Mono<JournalWriter> open() {
		return this.open.map(SessionLog.Opened::writer);
	}

	/**
	 * Why the session cannot go on. Known once it is open.
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable String quarantine() {
		return this.quarantine;
	}

	/**
	 * Note that the session cannot go on until it is deleted. What runs in it stays open
	 * in the journal.
	 * @param reason why
	 * @return completes when that is written
	 */
	Mono<Void> quarantine(String reason) {
		return Mono.defer(() -> {
			this.quarantine = reason;
			logger.error("Session is in quarantine until it is deleted or can be read: path={}, reason={}", this.path,
					reason);
			return open().flatMap((writer) -> writer.write(new JournalEntry.Quarantined(reason)))
				.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
					.maxBackoff(LONGEST_DELAY)
					.scheduler(this.scheduler)
					.filter(JournalUnavailableException.class::isInstance))
				.onErrorResume((ex) -> {
					logger.warn("Quarantine of '{}' is not kept: {}", this.path, reason, ex);
					return Mono.empty();
				});
		});
	}

	AgentPath path() {
		return this.path;
	}

	/**
	 * Does one thing after the other, in the order in which they come: turns reach the
	 * agent as they were accepted.
	 * @return the scheduler of this session, which needs no disposal
	 */
	Scheduler inOrder() {
		return this.inOrder;
	}

	/**
	 * Read along from now on.
	 * @return the reader
	 */
	Broadcast.Reader join() {
		return this.readers.join();
	}

	/**
	 * The number of the event that was told last.
	 * @return the number, or -1 if that is not known here
	 */
	long lastTold() {
		return this.lastTold;
	}

	void add(RunningTurn turn) {
		synchronized (this.lock) {
			this.stopped = false;
			this.turns.put(turn.id(), turn);
		}
	}

	/**
	 * Find a turn that runs.
	 * @param id the turn's id
	 * @return the turn, or {@code null} if there is none or it has ended
	 */
	@Nullable RunningTurn find(String id) {
		synchronized (this.lock) {
			return this.turns.get(id);
		}
	}

	List<RunningTurn> turns() {
		synchronized (this.lock) {
			return new ArrayList<>(this.turns.values());
		}
	}

	/**
	 * Write an event of a turn, and tell the readers then. The last event of a turn ends
	 * it, so that of several ends only one is told, and nothing after it.
	 * @param turn the turn
	 * @param type the event's name
	 * @param data its data
	 * @param end how the turn ends with it, or {@code null} if it goes on
	 * @return {@code false} if the turn had ended before
	 */
	boolean send(RunningTurn turn, String type, String data, @Nullable TurnEnd end) {
		return put(turn, new Outgoing(turn, type, data, end));
	}

	/**
	 * Take back that a turn was accepted.
	 * @param turn the turn
	 * @param problem why
	 */
	void takeBack(RunningTurn turn, ProblemException problem) {
		put(turn, Outgoing.takenBack(turn, problem));
	}

	private boolean put(RunningTurn turn, Outgoing outgoing) {
		synchronized (this.lock) {
			if (this.turns.get(turn.id()) != turn || turn.isClosed()) {
				return false;
			}
			if (outgoing.end() != null) {
				turn.close();
			}
			this.log.add(outgoing);
		}
		this.log.write();
		return true;
	}

	/**
	 * The agent is back.
	 * @param event its restart
	 * @param reasons how much is told of the reason
	 */
	void restarted(AgentEvent.Restarted event, ReasonText reasons) {
		RestartedData data = new RestartedData(event.path().toString(), event.incarnation(),
				reasons.describe(event.path(), event.reason()));
		this.log.add(Outgoing.event(null, "restarted", WireJson.write(data)));
		this.log.write();
		List<Waiting> over;
		synchronized (this.lock) {
			this.life = event.incarnation();
			over = this.waiting.stream().filter((one) -> one.incarnation() < this.life).toList();
		}
		over.forEach((one) -> one.over().tryEmitEmpty());
	}

	/**
	 * The agent is gone for good.
	 */
	void stopped() {
		List<Waiting> over;
		synchronized (this.lock) {
			this.stopped = true;
			over = this.waiting;
		}
		over.forEach((one) -> one.over().tryEmitEmpty());
	}

	/**
	 * Wait for the agent's next life.
	 * @param incarnation the life that ended
	 * @param limit how long to wait at most
	 * @return completes when a later life has begun, when none will come, or when the
	 * time is up
	 */
	Mono<Void> nextLife(long incarnation, Duration limit) {
		return Mono.defer(() -> {
			Waiting next = new Waiting(incarnation, Sinks.empty());
			synchronized (this.lock) {
				if (this.life > incarnation || this.stopped) {
					return Mono.empty();
				}
				this.waiting = with(next);
			}
			return next.over()
				.asMono()
				.timeout(limit, Mono.empty(), this.scheduler)
				.publishOn(this.scheduler)
				.doFinally((signal) -> waitsNoMore(next));
		});
	}

	private List<Waiting> with(Waiting next) {
		List<Waiting> more = new ArrayList<>(this.waiting);
		more.add(next);
		return more;
	}

	private void waitsNoMore(Waiting one) {
		synchronized (this.lock) {
			this.waiting = this.waiting.stream().filter((other) -> !other.equals(one)).toList();
		}
	}

	@Override
	public void told(Outgoing outgoing, @Nullable FeedEvent event) {
		RunningTurn turn = outgoing.turn();
		if (event != null) {
			this.lastTold = event.id();
			((turn != null) ? List.of(turn) : turns()).forEach((one) -> one.tell(event));
			this.readers.send(event);
		}
		if (turn != null && outgoing.end() != null) {
			forget(turn);
		}
		else if (turn != null) {
			turn.told();
		}
	}

	@Override
	public void ended(Outgoing outgoing) {
		if (outgoing.turn() != null && outgoing.end() != null) {
			outgoing.turn().end(outgoing.end(), outgoing.data());
		}
	}

	@Override
	public void written() {
		if (isOver()) {
			this.owner.over(this.path, this);
		}
	}

	@Override
	public void lost(Throwable reason) {
		logger.debug("Session '{}' is led by somebody else now, or was deleted", this.path, reason);
		leave(DisconnectedException.moved());
		this.owner.lost(this.path, this);
	}

	/**
	 * Forget a turn, of which nothing is told any more.
	 * @param turn the turn
	 */
	void forget(RunningTurn turn) {
		synchronized (this.lock) {
			this.turns.remove(turn.id(), turn);
		}
	}

	/**
	 * Let go of all turns, which stay as they are in the journal, and of the readers.
	 * @param reason told to those who read
	 */
	void leave(DisconnectedException reason) {
		turns().forEach((turn) -> turn.leave(reason));
		synchronized (this.lock) {
			this.turns.clear();
		}
		this.log.close();
		disconnect(reason);
	}

	/**
	 * End the readers of the session, as it is over.
	 */
	void complete() {
		this.readers.complete();
	}

	/**
	 * End the readers of the session; those of its turns stay until the turns end.
	 * @param reason told to those who read
	 */
	void disconnect(DisconnectedException reason) {
		this.readers.disconnect(reason);
	}

	/**
	 * The session has got an owner. Whoever reads it has to ask again whether they may.
	 */
	void claimed() {
		this.readers.disconnectReaders(DisconnectedException.moved());
	}

	/**
	 * Whether what ends now because the application stops goes on after its next start.
	 * @return {@code true} if so
	 */
	boolean staysOpen() {
		return this.draining.getAsBoolean();
	}

	/**
	 * Whether nobody reads along and nothing runs but what only the journal need know.
	 * @return {@code true} if so
	 */
	boolean isIdle() {
		synchronized (this.lock) {
			return this.turns.values().stream().allMatch(RunningTurn::isForgettable) && !this.readers.hasReaders()
					&& this.log.isIdle();
		}
	}

	/**
	 * Whether the agent is gone and nothing is left to be told.
	 * @return {@code true} if so
	 */
	boolean isOver() {
		synchronized (this.lock) {
			return this.stopped && this.turns.isEmpty() && this.log.isIdle();
		}
	}

	/**
	 * Whoever keeps feeds.
	 */
	interface Owner {

		/**
		 * A feed has nothing to tell any more.
		 * @param path the agent
		 * @param feed the feed
		 */
		void over(AgentPath path, SessionFeed feed);

		/**
		 * Somebody else leads the session.
		 * @param path the agent
		 * @param feed the feed
		 */
		void lost(AgentPath path, SessionFeed feed);

	}

	/**
	 * What feeds share.
	 *
	 * @param writers write the journal
	 * @param buffer how many events may wait for each reader
	 * @param scheduler serves the readers
	 * @param draining whether what ends now goes on after the next start
	 * @param owner keeps the feeds
	 */
	record Means(JournalWriters writers, int buffer, Scheduler scheduler, BooleanSupplier draining, Owner owner) {

	}

	/**
	 * Somebody who waits for the agent's next life.
	 *
	 * @param incarnation the life that ended
	 * @param over is told when it has come or will not come
	 */
	private record Waiting(long incarnation, Sinks.Empty<Void> over) {

	}

	/**
	 * The data of a {@code restarted} event.
	 *
	 * @param path the agent
	 * @param incarnation its new life
	 * @param reason why the life before ended
	 */
	record RestartedData(String path, long incarnation, String reason) {

	}

}
