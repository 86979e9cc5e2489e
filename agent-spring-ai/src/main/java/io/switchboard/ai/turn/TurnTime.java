package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentContext;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The time that one turn may take. It stands still while the turn waits for its provider,
 * so the timer looks again where that has happened.
 */
final class TurnTime {

	/**
	 * A turn that waits with next to no time left is not looked at more often than this.
	 */
	private static final long SHORTEST_LOOK = 100;

	private final OpenTurn turn;

	private final AgentContext<?> context;

	private final long limit;

	private final long warned;

	private boolean warns;

	/**
	 * Limit a turn.
	 * @param turn the turn
	 * @param limit how long it may take
	 * @param context the agent that runs it
	 */
	TurnTime(OpenTurn turn, Duration limit, AgentContext<?> context) {
		this.turn = turn;
		this.context = context;
		this.limit = limit.toMillis();
		this.warned = Math.round(this.limit * (1 - Spending.NEAR));
		this.warns = left() > this.warned;
	}

	/**
	 * Wait for the end of the time, and warn before.
	 * @return ends when the time is up
	 */
	Flux<Void> isUp() {
		return Mono.defer(() -> Mono.delay(Duration.ofMillis(nextLook()), this.context.scheduler()))
			.doOnNext((tick) -> look())
			.then()
			.repeat(() -> left() > 0);
	}

	private long nextLook() {
		long next = this.warns ? left() - this.warned : left();
		return this.turn.isWaiting() ? Math.max(SHORTEST_LOOK, next) : next;
	}

	private void look() {
		if (this.warns && left() <= this.warned) {
			this.warns = false;
			this.context.limitNear("time", Spending.NEAR);
		}
	}

	private long left() {
		Long began = this.turn.beganAt();
		if (began == null) {
			return this.limit;
		}
		long now = this.context.scheduler().now(TimeUnit.MILLISECONDS);
		return Math.max(0, this.limit - (now - began - this.turn.waited(now)));
	}

}
