package io.switchboard.ai.turn;

/**
 * Something went wrong, and the turn goes on all the same. Text that came since the last
 * result of a tool, or since the beginning if there was none, is void: the model begins
 * to answer anew.
 *
 * @param turn the turn's id
 * @param failure what kind of failure, the id of a
 * {@link io.switchboard.ai.failure.FailureClass}
 * @param rung what is done about it, the id of a {@link io.switchboard.ai.recovery.Rung}
 * @param attempt which time the turn tries to recover, from one on
 * @since 0.1.0
 */
public record Recovering(String turn, String failure, String rung, int attempt) implements TurnEvent {

	@Override
	public String type() {
		return "recovering";
	}

}
