package io.switchboard.ai.turn;

/**
 * The turn waits for people, and its agent leaves memory meanwhile. It is not over: it
 * goes on when it is sent again, which whoever sent it does when it is told to
 * {@linkplain io.switchboard.ai.approval.TurnWaker wake} the turn. Clients hear nothing
 * of it.
 *
 * @param turn the turn's id
 * @since 0.1.0
 * @see TurnRunner.Builder#idleTimeout
 */
public record TurnAsleep(String turn) implements TurnEvent {

	@Override
	public String type() {
		return "turn-asleep";
	}

	/**
	 * The stream is over, though the turn is not.
	 * @return {@code true}
	 */
	@Override
	public boolean last() {
		return true;
	}

}
