package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * What happens in one session, numbered: the turns that run, the restarts of the agent,
 * and those who read along. It lives outside the agent, so a crash does not end it.
 */
final class SessionFeed {

	private final Object lock = new Object();

	private final Map<String, RunningTurn> turns = new LinkedHashMap<>();

	private final Sinks.Many<Long> lives = Sinks.many().replay().latest();

	private final Broadcast readers;

	private final Scheduler scheduler;

	private long lastId;

	private boolean stopped;

	SessionFeed(int buffer, Scheduler scheduler) {
		this.readers = new Broadcast(buffer, 0, scheduler);
		this.scheduler = scheduler;
	}

	/**
	 * Read along from now on.
	 * @return the events until the session stops, for one subscriber
	 */
	Flux<FeedEvent> join() {
		return this.readers.join();
	}

	void add(RunningTurn turn) {
		synchronized (this.lock) {
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
	 * Tell the readers of an event of a turn. The last event of a turn ends it, so that
	 * of several ends only one is told, and nothing after it.
	 * @param turn the turn
	 * @param event the event
	 * @return {@code false} if the turn had ended before
	 */
	boolean send(RunningTurn turn, TurnEvent event) {
		String data = WireJson.write(event);
		synchronized (this.lock) {
			if (this.turns.get(turn.id()) != turn) {
				return false;
			}
			FeedEvent numbered = new FeedEvent(++this.lastId, event.type(), data);
			turn.broadcast().send(numbered);
			this.readers.send(numbered);
			if (event.last()) {
				this.turns.remove(turn.id());
				turn.broadcast().complete();
				completeIfOver();
			}
			return true;
		}
	}

	/**
	 * The agent is back.
	 * @param event its restart
	 * @param reasons how much is told of the reason
	 */
	void restarted(AgentEvent.Restarted event, ReasonText reasons) {
		RestartedData data = new RestartedData(event.path().toString(), event.incarnation(),
				reasons.describe(event.path(), event.reason()));
		synchronized (this.lock) {
			FeedEvent numbered = new FeedEvent(++this.lastId, "restarted", WireJson.write(data));
			this.turns.values().forEach((turn) -> turn.broadcast().send(numbered));
			this.readers.send(numbered);
		}
		this.lives.tryEmitNext(event.incarnation());
	}

	/**
	 * The agent is gone for good.
	 */
	void stopped() {
		synchronized (this.lock) {
			this.stopped = true;
			completeIfOver();
		}
		this.lives.tryEmitComplete();
	}

	/**
	 * Wait for the agent's next life.
	 * @param incarnation the life that ended
	 * @param limit how long to wait at most
	 * @return completes when a later life has begun, when none will come, or when the
	 * time is up
	 */
	Mono<Void> nextLife(long incarnation, Duration limit) {
		return this.lives.asFlux()
			.filter((life) -> life > incarnation)
			.next()
			.timeout(limit, Mono.empty(), this.scheduler)
			.then()
			.publishOn(this.scheduler);
	}

	/**
	 * End the readers of the session; those of its turns stay until the turns end.
	 */
	void release() {
		this.readers.complete();
	}

	/**
	 * Whether nobody reads along and nothing runs.
	 * @return {@code true} if so
	 */
	boolean isIdle() {
		synchronized (this.lock) {
			return this.turns.isEmpty() && !this.readers.hasReaders();
		}
	}

	private void completeIfOver() {
		if (this.stopped && this.turns.isEmpty()) {
			this.readers.complete();
		}
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
