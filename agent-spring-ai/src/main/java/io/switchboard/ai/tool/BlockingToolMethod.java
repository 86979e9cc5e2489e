package io.switchboard.ai.tool;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * An annotated method that returns a plain value.
 *
 * @param method the method
 */
record BlockingToolMethod(ToolMethod method) implements AgentTool {

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
	public ToolReply reply(String arguments, ToolContext context) {
		return answer(arguments, context);
	}

	@Override
	public String call(String arguments) {
		return answer(arguments, null).forModel();
	}

	@Override
	public String call(String arguments, @Nullable ToolContext context) {
		return answer(arguments, context).forModel();
	}

	private ToolReply answer(String arguments, @Nullable ToolContext context) {
		return this.method.reply(this.method.invoke(arguments, context), this.method.method().getGenericReturnType());
	}

}
