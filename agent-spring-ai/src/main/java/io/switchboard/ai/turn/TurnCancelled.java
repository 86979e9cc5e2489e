package io.switchboard.ai.turn;

/**
 * Somebody gave the turn up. The conversation is as it was before the turn.
 *
 * @param turn the turn's id
 * @since 0.1.0
 */
public record TurnCancelled(String turn) implements TurnEvent {

	@Override
	public String type() {
		return "turn-cancelled";
	}

	@Override
	public boolean last() {
		return true;
	}

}
