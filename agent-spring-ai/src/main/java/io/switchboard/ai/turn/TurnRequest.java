package io.switchboard.ai.turn;

import java.util.Objects;

/**
 * Asks a model agent for a turn: the message it takes.
 * <p>
 * Stream it to follow the turn, or ask it for the event it ends with:
 *
 * <pre class="code">
 * agent.stream(new TurnRequest("t-1", "Where is my order?"), TurnEvent.class);
 * agent.ask(new TurnRequest("t-1", "Where is my order?"), TurnEvent.class);
 * </pre>
 *
 * @param turn the turn's id, chosen by the sender, not blank; every event of the turn and
 * every call of a tool carries it. Nothing checks that it is unique
 * @param input what the user says, not blank
 * @since 0.1.0
 */
public record TurnRequest(String turn, String input) {

	/**
	 * Check the parts.
	 * @throws IllegalArgumentException if one is blank
	 */
	public TurnRequest {
		Objects.requireNonNull(turn, "'turn' must not be null");
		Objects.requireNonNull(input, "'input' must not be null");
		if (turn.isBlank()) {
			throw new IllegalArgumentException("'turn' is blank: give the turn an id");
		}
		if (input.isBlank()) {
			throw new IllegalArgumentException("'input' is blank: a turn needs something to answer");
		}
	}

}
