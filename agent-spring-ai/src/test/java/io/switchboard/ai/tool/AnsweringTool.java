package io.switchboard.ai.tool;

import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * A tool that waits without a thread.
 *
 * @param name its name
 * @param work gives the answer
 */
record AnsweringTool(String name, Supplier<Mono<ToolReply>> work) implements ReactiveTool {

	AnsweringTool(Supplier<Mono<ToolReply>> work) {
		this("lookup", work);
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return ToolDefinition.builder().name(this.name).description("For tests").inputSchema("{}").build();
	}

	@Override
	public Mono<ToolReply> answer(String arguments, ToolContext context) {
		return this.work.get();
	}

}
