package io.switchboard.ai.turn;

/**
 * The agent has taken the turn up.
 *
 * @param turn the turn's id
 * @since 0.1.0
 */
public record TurnStarted(String turn) implements TurnEvent {

	@Override
	public String type() {
		return "turn-started";
	}

}
