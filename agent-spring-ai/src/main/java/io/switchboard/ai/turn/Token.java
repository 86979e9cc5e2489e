package io.switchboard.ai.turn;

/**
 * A piece of the model's text, as the provider sent it: a syllable, a word or a line.
 * Text before a call of a tool is sent as well, so all pieces together may be more than
 * the final answer.
 *
 * @param turn the turn's id
 * @param text the piece, not empty
 * @since 0.1.0
 */
public record Token(String turn, String text) implements TurnEvent {

	static final String TYPE = "token";

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public boolean again() {
		return false;
	}

}
