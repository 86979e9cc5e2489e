package org.springframework.ai.mcp;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;

/**
 * Fails as the tools of MCP clients do when a server's result is an error.
 */
public final class McpToolStandIn implements ToolCallback {

	@Override
	public ToolDefinition getToolDefinition() {
		return ToolDefinition.builder().name("lookup").description("For tests").inputSchema("{}").build();
	}

	@Override
	public String call(String input) {
		throw new ToolExecutionException(getToolDefinition(),
				new IllegalStateException("Error calling tool: closed on Sundays"));
	}

	@Override
	public String call(String input, ToolContext context) {
		return call(input);
	}

}
