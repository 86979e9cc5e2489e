package io.switchboard.ai.tool;

import java.util.Map;
import java.util.Objects;

import io.switchboard.AgentPath;

import org.springframework.ai.chat.model.ToolContext;

/**
 * Who calls a tool. A tool that takes Spring AI's {@link ToolContext} reads it from
 * there:
 *
 * <pre class="code">
 * &#64;Tool
 * String openTicket(String text, ToolContext context) {
 *     ToolCaller caller = ToolCaller.from(context);
 *     ...
 * }
 * </pre>
 *
 * @param agent the agent's path
 * @param incarnation the agent's current life
 * @param turn the turn's id
 * @since 0.1.0
 */
public record ToolCaller(AgentPath agent, long incarnation, String turn) {

	/**
	 * Where the caller is found in a tool's context.
	 */
	public static final String KEY = "switchboard.caller";

	/**
	 * Check the parts.
	 */
	public ToolCaller {
		Objects.requireNonNull(agent, "'agent' must not be null");
		Objects.requireNonNull(turn, "'turn' must not be null");
	}

	/**
	 * Read the caller from a tool's context.
	 * @param context the context the tool was called with
	 * @return the caller
	 * @throws IllegalStateException if no agent called the tool
	 */
	public static ToolCaller from(ToolContext context) {
		Map<String, Object> values = context.getContext();
		if (values.get(KEY) instanceof ToolCaller caller) {
			return caller;
		}
		throw new IllegalStateException("The tool context has no '%s', only %s: the tool was not called by an agent"
			.formatted(KEY, values.keySet()));
	}

}
