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
 * A tool that is called again after a crash, because it is idempotent, is told the same
 * turn and call, so a service behind it can tell a repetition by these two.
 *
 * @param agent the agent's path
 * @param incarnation the agent's current life
 * @param turn the turn's id
 * @param call the id of the call, as the turn's events have it; empty as long as none is
 * made
 * @since 0.1.0
 */
public record ToolCaller(AgentPath agent, long incarnation, String turn, String call) {

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
		Objects.requireNonNull(call, "'call' must not be null");
	}

	/**
	 * A turn that may call tools.
	 * @param agent the agent's path
	 * @param incarnation the agent's current life
	 * @param turn the turn's id
	 */
	public ToolCaller(AgentPath agent, long incarnation, String turn) {
		this(agent, incarnation, turn, "");
	}

	ToolCaller in(String call) {
		return new ToolCaller(this.agent, this.incarnation, this.turn, call);
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
