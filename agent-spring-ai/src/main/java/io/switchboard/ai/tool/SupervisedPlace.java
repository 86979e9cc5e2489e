package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.TaskTimeoutException;
import io.switchboard.Tasks;
import io.switchboard.ai.failure.Causes;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Makes calls as tasks below a supervisor, named after their tools.
 *
 * @param tasks runs the tasks
 * @param clock the agent's clock
 */
record SupervisedPlace(Tasks tasks, Scheduler clock) implements CallPlace {

	private static final int LONGEST_LABEL = 80;

	@Override
	public Mono<ToolOutcome> run(ToolDefinition tool, Duration timeout, CallMeter meter,
			Supplier<Mono<ToolOutcome>> work) {
		return new CallTime(meter, timeout, this.clock).limit(explained(tool, timeout, tasks(tool).run(work)),
				Mono.fromSupplier(() -> ToolFailures.timedOut(tool, timeout)));
	}

	@Override
	public Mono<ToolOutcome> runBlocking(ToolDefinition tool, Duration timeout, Callable<ToolOutcome> work) {
		return explained(tool, timeout, tasks(tool).runBlocking(work, timeout));
	}

	private Tasks tasks(ToolDefinition tool) {
		return this.tasks.named(label(tool.name()));
	}

	/**
	 * Names of tools are free, those of agents are not.
	 */
	static String label(String tool) {
		String label = tool.replaceAll("[/\\s\\p{Cntrl}]", "-");
		label = (label.length() > LONGEST_LABEL) ? label.substring(0, LONGEST_LABEL) : label;
		return (label.isEmpty() || label.equals(".") || label.equals("..")) ? "tool" : AgentPath.checkSegment(label);
	}

	private static Mono<ToolOutcome> explained(ToolDefinition tool, Duration timeout, Mono<ToolOutcome> task) {
		return task.onErrorResume(TaskTimeoutException.class, (ex) -> Mono.just(ToolFailures.timedOut(tool, timeout)))
			.onErrorResume(ChildOperationException.class, (ex) -> refused(tool, ex))
			.onErrorResume(AgentExitedException.class, (ex) -> ended(tool, ex));
	}

	private static Mono<ToolOutcome> refused(ToolDefinition tool, ChildOperationException ex) {
		return (ex.problem() == Problem.MAX_CHILDREN)
				? Mono.just(ToolFailures.prevented(tool, "was not called, because too many tools run now"))
				: Mono.error(ex);
	}

	private static Mono<ToolOutcome> ended(ToolDefinition tool, AgentExitedException ex) {
		return (ex.reason() instanceof ExitReason.Crash crash) ? Mono.error(Causes.unwrap(crash.cause()))
				: Mono.just(ToolFailures.prevented(tool, "was ended from outside before it was done"));
	}

}
