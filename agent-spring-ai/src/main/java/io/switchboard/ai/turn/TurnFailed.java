package io.switchboard.ai.turn;

/**
 * The turn ended without an answer, and the agent is ready for the next. The conversation
 * is as it was before the turn.
 *
 * @param turn the turn's id
 * @param failure what kind of failure, the id of a {@link FailureClass}
 * @param detail what happened, for people who run the system; it can hold text of the
 * provider
 * @since 0.1.0
 */
public record TurnFailed(String turn, String failure, String detail) implements TurnEvent {

	@Override
	public String type() {
		return "turn-failed";
	}

	@Override
	public boolean last() {
		return true;
	}

}
