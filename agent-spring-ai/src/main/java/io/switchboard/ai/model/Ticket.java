package io.switchboard.ai.model;

import io.switchboard.AgentPath;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One call on its way through the admission. What can change is the admission's.
 */
final class Ticket {

	private final Sinks.Empty<Void> turn = Sinks.empty();

	final AgentPath agent;

	final Scheduler scheduler;

	final long since;

	final long deadline;

	Phase phase = Phase.WAITING;

	/** Whether the call may go on where it came in. */
	boolean straight;

	/** When the call was let through. */
	long begun;

	/** The breaker's era when the call was let through. */
	int era;

	/** How often the provider had been left alone when the call was let through. */
	int holds;

	/** Whether the others wait to see how this call fares. */
	boolean trial;

	/** Whether the breaker knows how the call fared. */
	boolean told;

	Ticket(AgentPath agent, Scheduler scheduler, long since, long deadline) {
		this.agent = agent;
		this.scheduler = scheduler;
		this.since = since;
		this.deadline = deadline;
	}

	/**
	 * Wait.
	 * @return ends when it is this call's turn, or fails when it will not be
	 */
	Mono<Void> turn() {
		return this.turn.asMono();
	}

	void call() {
		this.turn.tryEmitEmpty();
	}

	void refuse(Throwable ex) {
		this.turn.tryEmitError(ex);
	}

	/**
	 * Where a call is.
	 */
	enum Phase {

		/** In the line, or about to be. */
		WAITING,

		/** Let through. */
		RUNNING,

		/** Over. */
		GONE

	}

}
