package io.switchboard.ai.tool;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Recognises that the service behind a tool has declined a request, by the exceptions of
 * libraries that may not be there.
 */
final class RemoteRefusal {

	private static final Set<String> HTTP_CLIENTS = Set.of("org.springframework.web.client.RestClientResponseException",
			"org.springframework.web.reactive.function.client.WebClientResponseException");

	private static final String MCP_ERROR = "io.modelcontextprotocol.spec.McpError";

	private static final String MCP_TOOLS = "org.springframework.ai.mcp.";

	/**
	 * How Spring AI's tools of MCP clients begin to report a result that is an error.
	 */
	private static final String MCP_RESULT = "Error calling tool: ";

	private static final Pattern CLIENT_ERROR = Pattern.compile("^4\\d\\d\\b");

	private RemoteRefusal() {
	}

	/**
	 * Look at an exception.
	 * @param ex what a tool threw
	 * @return what the model is told, or {@code null} if it is no refusal
	 */
	static @Nullable String explain(Throwable ex) {
		if (isOneOf(ex, HTTP_CLIENTS)) {
			Matcher status = CLIENT_ERROR.matcher(String.valueOf(invoke(ex, "getStatusCode")));
			return status.find()
					? "The service behind the tool has refused the request with status %s".formatted(status.group())
					: null;
		}
		String message = String.valueOf(ex.getMessage());
		if (isOneOf(ex, Set.of(MCP_ERROR))) {
			return message;
		}
		if (ex instanceof IllegalStateException && message.startsWith(MCP_RESULT) && isThrownByMcpTool(ex)) {
			return message.substring(MCP_RESULT.length());
		}
		return null;
	}

	private static boolean isThrownByMcpTool(Throwable ex) {
		StackTraceElement[] trace = ex.getStackTrace();
		return trace.length > 0 && trace[0].getClassName().startsWith(MCP_TOOLS);
	}

	private static boolean isOneOf(Throwable ex, Set<String> names) {
		for (Class<?> type = ex.getClass(); type != null; type = type.getSuperclass()) {
			if (names.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Object invoke(Throwable target, String method) {
		try {
			return target.getClass().getMethod(method).invoke(target);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
