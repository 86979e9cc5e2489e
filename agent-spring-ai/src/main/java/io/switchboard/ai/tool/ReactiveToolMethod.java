package io.switchboard.ai.tool;

import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * An annotated method that returns a publisher or a stage.
 *
 * @param method the method
 */
record ReactiveToolMethod(ToolMethod method) implements ReactiveTool {

	@Override
	public ToolDefinition getToolDefinition() {
		return this.method.definition();
	}

	@Override
	public ToolMetadata getToolMetadata() {
		return this.method.metadata();
	}

	@Override
	public ToolDeclaration declaration() {
		return this.method.declaration();
	}

	@Override
	public Mono<ToolReply> answer(String arguments, ToolContext context) {
		return this.method.invokeReactive(arguments, context);
	}

}
