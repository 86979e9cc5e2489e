package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The time that one call may take. It stands still while the call waits for a person, so
 * the timer looks again where that has happened.
 *
 * @param meter knows how long the call has waited
 * @param limit how long it may take
 * @param clock the agent's clock
 */
record CallTime(CallMeter meter, Duration limit, Scheduler clock) {

	/**
	 * A call that waits with next to no time left is not looked at more often than this.
	 */
	private static final long SHORTEST_LOOK = 100;

	/**
	 * Wait for the end of the time, on subscription.
	 * @return ends when the time is up
	 */
	Mono<Void> isUp() {
		return Mono.defer(() -> {
			long began = now();
			return Mono.defer(() -> Mono.delay(Duration.ofMillis(nextLook(began)), this.clock))
				.repeat(() -> left(began) > 0)
				.then();
		});
	}

	private long nextLook(long began) {
		return this.meter.isWaiting() ? Math.max(SHORTEST_LOOK, left(began)) : left(began);
	}

	private long left(long began) {
		long now = now();
		return Math.max(0, this.limit.toMillis() - (now - began - this.meter.waited(now)));
	}

	private long now() {
		return this.clock.now(TimeUnit.MILLISECONDS);
	}

	/**
	 * End a call when its time is up.
	 * @param call the call
	 * @param late what comes of it then
	 * @return what comes of it
	 */
	Mono<ToolOutcome> limit(Mono<ToolOutcome> call, Mono<ToolOutcome> late) {
		return call.timeout(Flux.from(isUp()), late);
	}

}
