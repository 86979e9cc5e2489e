package io.switchboard.ai.turn;

/**
 * A call of a tool has been answered, by the tool or, if it could not be called as asked,
 * with an explanation for the model. A tool that fails has no result: it crashes the
 * agent.
 *
 * @param turn the turn's id
 * @param call the id of the call it answers
 * @param tool the tool's name
 * @param result what the model is told
 * @since 0.1.0
 */
public record ToolResult(String turn, String call, String tool, String result) implements TurnEvent {

	@Override
	public String type() {
		return "tool-result";
	}

}
