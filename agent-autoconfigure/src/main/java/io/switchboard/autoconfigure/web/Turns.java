package io.switchboard.autoconfigure.web;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.web.IdempotentTurns.Claim;
import io.switchboard.autoconfigure.web.IdempotentTurns.Key;
import io.switchboard.autoconfigure.web.IdempotentTurns.Turn;
import io.switchboard.runtime.AgentSystem;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Begins turns and finds those that run.
 */
final class Turns {

	private final AgentSystem system;

	private final SessionFeeds feeds;

	private final TurnSource source;

	private final IdempotentTurns idempotent;

	private final Problems problems;

	private final AgentWebProperties properties;

	private final Scheduler scheduler;

	Turns(AgentSystem system, SessionFeeds feeds, TurnSource source, IdempotentTurns idempotent, Problems problems,
			AgentWebProperties properties, Scheduler scheduler) {
		this.system = system;
		this.feeds = feeds;
		this.source = source;
		this.idempotent = idempotent;
		this.problems = problems;
		this.properties = properties;
		this.scheduler = scheduler;
	}

	/**
	 * Begin a turn.
	 * @param target the agent
	 * @param input what the user says
	 * @param remember whether its events are wanted
	 * @param context what the agent may see of the request
	 * @return the turn
	 */
	RunningTurn begin(TurnTarget target, String input, boolean remember, ContextView context) {
		RunningTurn turn = create(target, remember ? this.properties.maxReplay().toBytes() : 0, () -> {
		});
		turn.start(this.source.open(target, turn.id(), input), context);
		return turn;
	}

	/**
	 * Begin a turn, or join the one that was begun with the same key.
	 * @param key the key
	 * @param target the agent, or a new session of it
	 * @param input what the user says
	 * @param context what the agent may see of the request
	 * @return the turn and who it is for
	 */
	Turn beginOnce(Key key, TurnTarget target, String input, ContextView context) {
		Claim claim = this.idempotent.claim(key, input, (absent) -> new Turn(target,
				create(target, this.properties.maxReplay().toBytes(), () -> this.idempotent.ended(key))));
		Turn turn = claim.turn();
		if (claim.isNew()) {
			turn.running().start(this.source.open(target, turn.running().id(), input), context);
		}
		return turn;
	}

	private RunningTurn create(TurnTarget target, long memory, Runnable whenEnded) {
		return this.feeds.begin(target.path(),
				(feed) -> new RunningTurn(Ids.random(), feed,
						new Broadcast(this.properties.readerBuffer(), memory, this.scheduler), this.problems,
						this.scheduler, (turn) -> {
							whenEnded.run();
							tidy(target.path());
						}));
	}

	/**
	 * Cancel a turn.
	 * @param path the agent
	 * @param id the turn's id
	 * @throws ProblemException if no such turn runs
	 */
	void cancel(AgentPath path, String id) {
		SessionFeed feed = this.feeds.find(path);
		RunningTurn turn = (feed != null) ? feed.find(id) : null;
		if (turn == null) {
			throw new ProblemException(ProblemType.UNKNOWN_TURN,
					"No such turn runs: it has ended, or never was. There is nothing to cancel.");
		}
		turn.cancel();
	}

	/**
	 * Cancel all turns of a session and forget their keys.
	 * @param path the session's path
	 */
	void cancelAll(AgentPath path) {
		SessionFeed feed = this.feeds.find(path);
		if (feed != null) {
			feed.turns().forEach(RunningTurn::cancel);
		}
		this.idempotent.forget(path);
	}

	/**
	 * Read a session along from now on.
	 * @param path the session's path
	 * @return the events until the session stops
	 */
	Flux<FeedEvent> events(AgentPath path) {
		return this.feeds.events(path).doFinally((signal) -> tidy(path));
	}

	private void tidy(AgentPath path) {
		if (this.system.typeOf(path) == null) {
			this.feeds.dropIfIdle(path);
		}
	}

}
