package io.switchboard.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * The feeds of all sessions that somebody talks to or reads. A feed goes when its session
 * stops.
 * <p>
 * Being told of events by the runtime, it must not need the runtime to be made.
 */
final class SessionFeeds implements AgentEventListener, SmartLifecycle {

	/**
	 * Before the web server waits for its connections to end, which those of readers
	 * never would.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private final ConcurrentMap<AgentPath, SessionFeed> feeds = new ConcurrentHashMap<>();

	private final int buffer;

	private final ReasonText reasons;

	private final Scheduler scheduler;

	private volatile boolean running;

	/**
	 * Make feeds.
	 * @param buffer how many events may wait for each reader
	 * @param reasons how much is told of why an agent ended
	 * @param scheduler serves the readers
	 */
	SessionFeeds(int buffer, ReasonText reasons, Scheduler scheduler) {
		this.buffer = buffer;
		this.reasons = reasons;
		this.scheduler = scheduler;
	}

	/**
	 * Add a turn to its session's feed.
	 * @param path the agent
	 * @param turn makes the turn from the feed it belongs to
	 * @return the turn
	 */
	RunningTurn begin(AgentPath path, Function<SessionFeed, RunningTurn> turn) {
		return within(path, (feed) -> {
			RunningTurn begun = turn.apply(feed);
			feed.add(begun);
			return begun;
		});
	}

	/**
	 * Read a session along from now on, also one that has not begun yet.
	 * @param path the agent
	 * @return the events until the session stops
	 */
	Flux<FeedEvent> events(AgentPath path) {
		return Flux.defer(() -> within(path, SessionFeed::join));
	}

	/**
	 * Do something with a feed while nobody can drop it.
	 */
	private <T> T within(AgentPath path, Function<SessionFeed, T> action) {
		AtomicReference<T> result = new AtomicReference<>();
		this.feeds.compute(path, (key, known) -> {
			SessionFeed feed = (known != null) ? known : new SessionFeed(this.buffer, this.scheduler);
			result.set(action.apply(feed));
			return feed;
		});
		return result.get();
	}

	@Nullable SessionFeed find(AgentPath path) {
		return this.feeds.get(path);
	}

	/**
	 * Drop the feed of a session that never came to life, if nobody needs it.
	 * @param path the agent
	 */
	void dropIfIdle(AgentPath path) {
		this.feeds.computeIfPresent(path, (key, feed) -> feed.isIdle() ? null : feed);
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Restarted restarted) {
			SessionFeed feed = this.feeds.get(event.path());
			if (feed != null) {
				feed.restarted(restarted, this.reasons);
			}
		}
		else if (event instanceof AgentEvent.Stopped) {
			SessionFeed feed = this.feeds.remove(event.path());
			if (feed != null) {
				feed.stopped();
			}
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.feeds.values().forEach(SessionFeed::release);
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
	 * Give up what still runs.
	 */
	void close() {
		List<SessionFeed> left = new ArrayList<>(this.feeds.values());
		left.forEach((feed) -> feed.turns().forEach(RunningTurn::cancel));
		this.feeds.clear();
	}

}
