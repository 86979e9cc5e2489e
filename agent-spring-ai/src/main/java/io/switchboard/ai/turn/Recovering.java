package io.switchboard.ai.turn;

/**
 * Something went wrong, and the turn goes on all the same. Text that came since the last
 * result of a tool, or since the beginning if there was none, is void: the model begins
 * to answer anew.
 * <p>
 * That the process has ended in the middle of an answer is told with this as well, as
 * {@value #PROCESS_ENDED}, but is no failure of the turn: it is not counted as an attempt
 * or a recovery anywhere.
 *
 * @param turn the turn's id
 * @param failure what kind of failure, the id of a
 * {@link io.switchboard.ai.failure.FailureClass}, or {@value #PROCESS_ENDED}
 * @param rung what is done about it, the id of a {@link io.switchboard.ai.recovery.Rung}
 * @param attempt which time the turn tries to recover, from one on; if the process has
 * ended, how often it has tried so far
 * @since 0.1.0
 */
public record Recovering(String turn, String failure, String rung, int attempt) implements TurnEvent {

	/**
	 * What is told instead of a failure where the process has ended in the middle of an
	 * answer, and the turn goes on in the next one.
	 */
	public static final String PROCESS_ENDED = "process-ended";

	@Override
	public String type() {
		return "recovering";
	}

}
