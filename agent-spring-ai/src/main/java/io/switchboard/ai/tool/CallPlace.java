package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Where calls of tools are made. Each ends in time, and what a tool throws is the error.
 */
sealed interface CallPlace permits AgentsPlace, SupervisedPlace {

	/**
	 * Make a call that does not block.
	 * @param tool the tool
	 * @param timeout how long it may take
	 * @param meter knows how long agents wait that are asked, which does not count
	 * @param work makes the call
	 * @return what came of it
	 */
	Mono<ToolOutcome> run(ToolDefinition tool, Duration timeout, CallMeter meter, Supplier<Mono<ToolOutcome>> work);

	/**
	 * Make a call that may block its thread.
	 * @param tool the tool
	 * @param timeout how long it may take
	 * @param work makes the call
	 * @return what came of it
	 */
	Mono<ToolOutcome> runBlocking(ToolDefinition tool, Duration timeout, Callable<ToolOutcome> work);

}
