package io.switchboard.ai.turn;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool is over: with the tool's answer or, if it could not be called as asked
 * or has failed, with an explanation for the model. A tool that is broken has no result:
 * it crashes the agent.
 *
 * @param turn the turn's id
 * @param call the id of the call it answers
 * @param tool the tool's name
 * @param result what the model is told
 * @param value what the tool tells the program apart, {@code null} if nothing; it stays
 * in this process
 * @since 0.1.0
 */
public record ToolResult(String turn, String call, String tool, String result,
		@JsonIgnore @Nullable Object value) implements TurnEvent {

	/**
	 * The result of a tool that tells the program nothing apart.
	 * @param turn the turn's id
	 * @param call the id of the call it answers
	 * @param tool the tool's name
	 * @param result what the model is told
	 */
	public ToolResult(String turn, String call, String tool, String result) {
		this(turn, call, tool, result, null);
	}

	@Override
	public String type() {
		return "tool-result";
	}

}
