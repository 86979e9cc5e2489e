package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.switchboard.ai.failure.Attempt;
import io.switchboard.ai.failure.Causes;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Makes calls inside the agent.
 *
 * @param clock the agent's workers and clock
 * @param blocking where calls that block belong
 */
record AgentsPlace(Scheduler clock, Scheduler blocking) implements CallPlace {

	@Override
	public Mono<ToolOutcome> run(ToolDefinition tool, Duration timeout, CallMeter meter,
			Supplier<Mono<ToolOutcome>> work) {
		return new CallTime(meter, timeout, this.clock).limit(
				Mono.defer(work).subscribeOn(this.clock).onErrorMap(Causes::unwrap),
				Mono.fromSupplier(() -> ToolFailures.timedOut(tool, timeout)));
	}

	@Override
	public Mono<ToolOutcome> runBlocking(ToolDefinition tool, Duration timeout, Callable<ToolOutcome> work) {
		return Attempt.of(work)
			.subscribeOn(this.blocking)
			.onErrorMap(Causes::unwrap)
			.timeout(timeout, Mono.fromSupplier(() -> ToolFailures.timedOut(tool, timeout)), this.clock);
	}

}
