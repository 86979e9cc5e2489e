package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The time that one call may take. It stands still while an agent that was asked waits.
 *
 * @param meter knows how long that was
 * @param limit how long it may take
 * @param clock the agent's clock
 */
record CallTime(CallMeter meter, Duration limit, Scheduler clock) {

	/**
	 * End a call when its time is up.
	 * @param call the call
	 * @param late what comes of it then
	 * @return what comes of it
	 */
	Mono<ToolOutcome> limit(Mono<ToolOutcome> call, Mono<ToolOutcome> late) {
		return Mono.defer(() -> {
			long began = this.clock.now(TimeUnit.MILLISECONDS);
			TakenTime time = new TakenTime(this.meter.waiting(), (now) -> now - began, this.clock);
			return call.timeout(Flux.from(time.reaches(this.limit.toMillis())), late);
		});
	}

}
