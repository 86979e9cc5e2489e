package io.switchboard.ai.turn;

import io.switchboard.ai.failure.FailureClass;

/**
 * The turn ended without an answer, and the agent is ready for the next. The conversation
 * is as it was before the turn.
 *
 * @param turn the turn's id
 * @param failure what kind of failure, the id of a {@link FailureClass}
 * @param detail what happened, in words of the runtime: no text of the provider, of the
 * user or of the model is in it
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
