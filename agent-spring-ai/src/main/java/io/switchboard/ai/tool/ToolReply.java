package io.switchboard.ai.tool;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a tool answers that has something to tell the program, apart from what it tells
 * the model:
 *
 * <pre class="code">
 * &#64;Tool
 * ToolReply findOrders(String customer) {
 *     List&lt;Order&gt; orders = ...
 *     return ToolReply.of("%d orders, the newest of %s".formatted(...), orders);
 * }
 * </pre>
 *
 * A tool that returns anything else tells the model what Spring AI makes of it, and the
 * program nothing more.
 *
 * @param forModel what the model is told, as it is
 * @param value what those get who listen to the turn in this process; it is not sent to
 * clients. {@code null} for nothing
 * @since 0.1.0
 */
public record ToolReply(String forModel, @Nullable Object value) {

	/**
	 * Check the values.
	 */
	public ToolReply {
		Objects.requireNonNull(forModel, "'forModel' must not be null");
	}

	/**
	 * Answer the model only.
	 * @param forModel what the model is told
	 * @return the reply
	 */
	public static ToolReply of(String forModel) {
		return new ToolReply(forModel, null);
	}

	/**
	 * Answer the model and the program.
	 * @param forModel what the model is told
	 * @param value what the program gets
	 * @return the reply
	 */
	public static ToolReply of(String forModel, @Nullable Object value) {
		return new ToolReply(forModel, value);
	}

}
