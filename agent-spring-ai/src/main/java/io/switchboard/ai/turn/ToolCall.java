package io.switchboard.ai.turn;

/**
 * The model asks for a tool, which runs next.
 *
 * @param turn the turn's id
 * @param call the call's id, as the provider numbered it
 * @param tool the tool's name
 * @param arguments the arguments as the model wrote them, a JSON object if it kept to the
 * tool's schema
 * @since 0.1.0
 */
public record ToolCall(String turn, String call, String tool, String arguments) implements TurnEvent {

	@Override
	public String type() {
		return "tool-call";
	}

}
