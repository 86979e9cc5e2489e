package io.switchboard.ai.turn;

import java.time.Duration;

import io.switchboard.AgentContext;
import io.switchboard.ai.tool.TakenTime;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import reactor.core.publisher.Mono;

/**
 * The time that one turn may take, with a warning before. It stands still while the turn
 * waits.
 */
final class TurnTime {

	private final TakenTime time;

	private final AgentContext<?> context;

	private final long limit;

	private final long near;

	/**
	 * Limit a turn.
	 * @param turn the turn
	 * @param limit how long it may take
	 * @param context the agent that runs it
	 */
	TurnTime(OpenTurn turn, Duration limit, AgentContext<?> context) {
		this.time = new TakenTime(turn.waiting(), (now) -> passed(turn, now), context.scheduler());
		this.context = context;
		this.limit = limit.toMillis();
		this.near = this.limit - Math.round(this.limit * (1 - Spending.NEAR));
	}

	private static long passed(OpenTurn turn, long now) {
		Long began = turn.beganAt();
		return (began != null) ? now - began : 0;
	}

	/**
	 * Wait for the end of the time, and warn before, unless a life has done that.
	 * @return ends when the time is up
	 */
	Mono<Void> isUp() {
		Mono<Void> up = this.time.reaches(this.limit);
		if (this.time.taken() >= this.near) {
			return up;
		}
		return this.time.reaches(this.near)
			.doOnSuccess((done) -> this.context.limitNear("time", Spending.NEAR))
			.then(up);
	}

}
