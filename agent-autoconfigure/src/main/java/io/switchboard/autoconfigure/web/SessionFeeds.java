package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.journal.JournalWriters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * The feeds of all sessions that somebody talks to or reads. A feed goes when its session
 * stops; what was told stays in the journal.
 * <p>
 * Being told of events by the runtime, it must not need the runtime to be made.
 */
final class SessionFeeds implements AgentEventListener, SmartLifecycle, SessionFeed.Owner {

	/**
	 * Before the web server waits for its connections to end, which those of readers
	 * never would.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Duration LOOK = Duration.ofMillis(50);

	private static final Logger logger = LoggerFactory.getLogger(SessionFeeds.class);

	private final ConcurrentMap<AgentPath, SessionFeed> feeds = new ConcurrentHashMap<>();

	private final Disposable.Swap drain = Disposables.swap();

	private final SessionFeed.Means means;

	private final ReasonText reasons;

	private final Duration patience;

	private volatile boolean running;

	private volatile boolean draining;

	/**
	 * Make feeds.
	 * @param writers write the journal
	 * @param buffer how many events may wait for each reader
	 * @param reasons how much is told of why an agent ended
	 * @param patience how long turns may run on when the application stops
	 * @param scheduler serves the readers
	 */
	SessionFeeds(JournalWriters writers, int buffer, ReasonText reasons, Duration patience, Scheduler scheduler) {
		this.means = new SessionFeed.Means(writers, buffer, scheduler, this::staysOpen, this);
		this.reasons = reasons;
		this.patience = patience;
	}

	JournalWriters writers() {
		return this.means.writers();
	}

	/**
	 * Add a turn to its session's feed.
	 * @param target the agent
	 * @param turn makes the turn from the feed it belongs to, or gives one that the feed
	 * has
	 * @return the turn
	 * @throws ProblemException if the application is stopping
	 */
	<T> T begin(TurnTarget target, Function<SessionFeed, T> turn) {
		if (this.draining) {
			throw new ProblemException(ProblemType.DRAINING,
					"The application is stopping and takes no more turns. Send it again later.");
		}
		return within(target, turn);
	}

	/**
	 * Read a session along, also one that has not begun yet.
	 * @param target the agent
	 * @param past reads what was told before
	 * @param cursor what the reader knows, or {@code null} to begin now
	 * @param allowed fails with a {@link ProblemException} if the reader may not; asked
	 * when it reads along, as who reads then is told of a new owner
	 * @return the events until the session stops
	 */
	Flux<FeedEvent> events(TurnTarget target, PastEvents past, @Nullable Cursor cursor, Mono<Void> allowed) {
		return Flux.defer(() -> {
			if (this.draining) {
				return Flux.error(DisconnectedException.draining());
			}
			return within(target, (feed) -> read(target.path(), feed, past, cursor, allowed));
		});
	}

	private static Flux<FeedEvent> read(AgentPath path, SessionFeed feed, PastEvents past, @Nullable Cursor cursor,
			Mono<Void> allowed) {
		Broadcast.Reader reader = feed.join();
		return allowed.onErrorMap(ProblemException.class, (ex) -> DisconnectedException.moved())
			.thenMany(read(path, feed, reader, past, cursor))
			.doFinally((signal) -> reader.leave());
	}

	private static Flux<FeedEvent> read(AgentPath path, SessionFeed feed, Broadcast.Reader reader, PastEvents past,
			@Nullable Cursor cursor) {
		if (cursor == null) {
			return reader.events();
		}
		if (cursor.after() >= 0 && cursor.after() == feed.lastTold()) {
			// whoever has seen all that was told need not ask the store
			return reader.events().filter((event) -> event.id() > cursor.after());
		}
		return past.thenLive(path, cursor, reader.events());
	}

	/**
	 * Do something with a feed while nobody can drop it.
	 */
	private <T> T within(TurnTarget target, Function<SessionFeed, T> action) {
		AtomicReference<T> result = new AtomicReference<>();
		this.feeds.compute(target.path(), (path, known) -> {
			SessionFeed feed = (known != null) ? known : new SessionFeed(path, target.agent().definition(), this.means);
			result.set(action.apply(feed));
			return feed;
		});
		return result.get();
	}

	@Nullable SessionFeed find(AgentPath path) {
		return this.feeds.get(path);
	}

	/**
	 * Drop the feed of a session that is not there, if nobody needs it.
	 * @param path the agent
	 */
	void dropIfIdle(AgentPath path) {
		this.feeds.computeIfPresent(path, (key, feed) -> feed.isIdle() ? null : feed);
	}

	@Override
	public void over(AgentPath path, SessionFeed feed) {
		AtomicBoolean dropped = new AtomicBoolean();
		this.feeds.computeIfPresent(path, (key, known) -> {
			dropped.set(known == feed && feed.isOver());
			return dropped.get() ? null : known;
		});
		if (dropped.get()) {
			feed.complete();
		}
	}

	@Override
	public void lost(AgentPath path, SessionFeed feed) {
		this.feeds.computeIfPresent(path, (key, known) -> (known != feed) ? known : null);
	}

	/**
	 * Delete a session with all that was told. To be called when its turns have ended.
	 * @param path the agent
	 * @return completes when it is gone
	 */
	Mono<Void> delete(AgentPath path) {
		return Mono.defer(() -> {
			SessionFeed feed = this.feeds.remove(path);
			if (feed != null) {
				feed.complete();
			}
			return this.means.writers().delete(path);
		});
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Restarted restarted) {
			SessionFeed feed = this.feeds.get(event.path());
			if (feed != null) {
				feed.restarted(restarted, this.reasons);
			}
		}
		else if (event instanceof AgentEvent.Stopped stopped) {
			stopped(stopped);
		}
	}

	/**
	 * An agent that has ended by itself comes back with its next message, and who reads
	 * its session goes on to read.
	 */
	private void stopped(AgentEvent.Stopped event) {
		SessionFeed feed = this.feeds.get(event.path());
		if (feed == null) {
			return;
		}
		if (event.reason() instanceof ExitReason.Normal) {
			dropIfIdle(event.path());
		}
		else {
			feed.stopped();
			over(event.path(), feed);
		}
	}

	/**
	 * Whether the application stops.
	 * @return {@code true} if no more turns are taken
	 */
	boolean isDraining() {
		return this.draining;
	}

	private boolean staysOpen() {
		return this.draining && this.means.writers().journal().isDurable();
	}

	@Override
	public void start() {
		this.draining = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.draining = true;
		this.feeds.values().forEach((feed) -> feed.disconnect(DisconnectedException.draining()));
	}

	/**
	 * Give the turns that run time to end. What goes on after the next start is left
	 * then; what does not is the web server's, which waits for the connections that show
	 * it.
	 */
	@Override
	public void stop(Runnable callback) {
		stop();
		if (!staysOpen()) {
			callback.run();
			return;
		}
		this.drain.update(Flux.interval(Duration.ZERO, LOOK, this.means.scheduler())
			.takeUntil((look) -> working().isEmpty())
			.then()
			.timeout(this.patience, Mono.empty(), this.means.scheduler())
			.doFinally((signal) -> {
				leaveWaiting();
				callback.run();
			})
			.subscribe((nothing) -> {
			}, (ex) -> logger.error("Turns were not waited for", ex)));
	}

	private List<RunningTurn> working() {
		return turns().stream().filter((turn) -> !turn.waitsForPerson()).toList();
	}

	private void leaveWaiting() {
		List<RunningTurn> left = turns();
		if (!left.isEmpty()) {
			logger.info("Turns are not over and go on after the next start: turns={}", left.size());
		}
		DisconnectedException reason = DisconnectedException.draining();
		left.forEach((turn) -> turn.tellNoMore(new ProblemException(ProblemType.DRAINING,
				"The application is stopping, and the turn goes on when it is back. Send it again with the same "
						+ "Idempotency-Key, if it had one, to get its answer.")
			.with("turn", turn.id()), reason));
	}

	private List<RunningTurn> turns() {
		List<RunningTurn> all = new ArrayList<>();
		this.feeds.values().forEach((feed) -> all.addAll(feed.turns()));
		return all;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Let go of what still runs.
	 */
	void close() {
		this.drain.dispose();
		this.feeds.values().forEach((feed) -> feed.leave(DisconnectedException.draining()));
		this.feeds.clear();
	}

}
