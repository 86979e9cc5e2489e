package io.switchboard.ai.turn;

import io.switchboard.ai.tool.ReactiveTool;
import io.switchboard.ai.tool.ToolReply;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * A tool that does not block.
 *
 * @param name the tool's name
 * @param answer what it answers
 */
record FixtureReactiveTool(String name, Mono<ToolReply> answer) implements ReactiveTool {

	@Override
	public ToolDefinition getToolDefinition() {
		return ToolDefinition.builder().name(this.name).description("For tests").inputSchema("{}").build();
	}

	@Override
	public Mono<ToolReply> answer(String arguments, ToolContext context) {
		return this.answer;
	}

}
