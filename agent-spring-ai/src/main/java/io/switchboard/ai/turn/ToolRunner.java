package io.switchboard.ai.turn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.switchboard.ai.failure.Causes;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;

/**
 * Runs the tools that the model asks for, one call at a time.
 *
 * @param caller who calls
 * @param blocking where tools run
 */
record ToolRunner(ToolCaller caller, Scheduler blocking) {

	/**
	 * Answer a call on subscription. What the model got wrong is explained to it; what a
	 * tool throws is the error. Cancelling interrupts the tool.
	 * @param call what the model asks for
	 * @param offered the tools there are
	 * @return the answer for the model
	 */
	Mono<String> run(AssistantMessage.ToolCall call, OfferedTools offered) {
		ToolCallback tool = offered.find(call.name());
		if (tool == null) {
			return Mono.just(WrongCall.unknownTool(call.name(), offered.names()));
		}
		String arguments = call.arguments();
		// Models leave the arguments out where a tool has none
		String input = (arguments == null || arguments.isBlank()) ? "{}" : arguments;
		if (!WrongCall.fits(tool.getToolDefinition(), input)) {
			return Mono.just(WrongCall.wrongArguments(tool.getToolDefinition()));
		}
		return Attempt.of(() -> Objects.requireNonNullElse(tool.call(input, context(offered)), ""))
			.subscribeOn(this.blocking)
			.onErrorResume((ex) -> UnfitArguments.causedBy(ex)
					? Mono.just(WrongCall.wrongArguments(tool.getToolDefinition())) : Mono.error(Causes.unwrap(ex)));
	}

	private ToolContext context(OfferedTools offered) {
		Map<String, Object> values = new HashMap<>(offered.context());
		values.put(ToolCaller.KEY, this.caller);
		return new ToolContext(values);
	}

}
