package io.switchboard.autoconfigure.kills;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.ai.tool.ToolPolicy;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ToolContext;

/**
 * Tools that write down what they do before they answer, and take a moment before and
 * after it in which they can be killed.
 */
final class KillableTools {

	private final int life;

	private final LineFile executions;

	KillableTools(int life, LineFile executions) {
		this.life = life;
		this.executions = executions;
	}

	@org.springframework.ai.tool.annotation.Tool
	@ToolPolicy(idempotent = true)
	String lookup(String id, ToolContext context) {
		return execute(Tool.LOOKUP, id, context);
	}

	@org.springframework.ai.tool.annotation.Tool
	@ToolPolicy(idempotent = true)
	Mono<String> watch(String id, ToolContext context) {
		return Mono.delay(Duration.ofMillis(20))
			.then(Mono.fromCallable(() -> execute(Tool.WATCH, id, context)).subscribeOn(Schedulers.boundedElastic()));
	}

	@org.springframework.ai.tool.annotation.Tool
	String book(String id, ToolContext context) {
		return execute(Tool.BOOK, id, context);
	}

	@org.springframework.ai.tool.annotation.Tool
	String charge(String id, ToolContext context) {
		LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
		return execute(Tool.CHARGE, id, context);
	}

	@org.springframework.ai.tool.annotation.Tool
	@ToolPolicy(needsApproval = true)
	String cancel(String id, ToolContext context) {
		return execute(Tool.CANCEL, id, context);
	}

	private String execute(Tool tool, String id, ToolContext context) {
		ToolCaller caller = ToolCaller.from(context);
		this.executions.add(new Executed(this.life, tool, id, caller.turn(), caller.call()).line());
		LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		return tool.result(id);
	}

}
