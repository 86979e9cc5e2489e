package io.switchboard.ai.turn;

/**
 * The turn has its final answer.
 *
 * @param turn the turn's id
 * @param answer the answer, complete
 * @param usage the tokens of all model calls of the turn
 * @param steps how many model calls it took
 * @since 0.1.0
 */
public record TurnCompleted(String turn, String answer, Usage usage, int steps) implements TurnEvent {

	@Override
	public String type() {
		return "turn-completed";
	}

	@Override
	public boolean last() {
		return true;
	}

}
