package io.modelcontextprotocol.spec;

/**
 * An MCP server has answered with an error.
 */
public class McpError extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public McpError(String message) {
		super(message);
	}

}
