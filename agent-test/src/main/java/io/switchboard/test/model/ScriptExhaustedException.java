package io.switchboard.test.model;

/**
 * Tells that a {@link ScriptedChatModel} was called and no step of its script was left
 * for the prompt. The message says how many steps were scripted and what came in.
 *
 * @since 0.1.0
 */
public final class ScriptExhaustedException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final int scripted;

	ScriptExhaustedException(int call, int scripted, int left, ReceivedPrompt prompt) {
		super("No step for call " + call + ": " + scripted + ((scripted == 1) ? " step was" : " steps were")
				+ " scripted, " + ((left == 0) ? "all of them are used" : left + " left, none for this prompt")
				+ ". The prompt was " + prompt.describe() + ". Script a step for it, or let the last one repeat().");
		this.scripted = scripted;
	}

	/**
	 * How many steps the script had at its start.
	 * @return the number of steps
	 */
	public int scripted() {
		return this.scripted;
	}

}
