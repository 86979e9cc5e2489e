package io.switchboard.autoconfigure.operations;

/**
 * What came of what an operator wanted done with a dead letter.
 *
 * @since 0.1.0
 */
public enum DeadLetterOutcome {

	/**
	 * It is done. A turn that is replayed has only begun.
	 */
	DONE("done"),

	/**
	 * There is no such dead letter, or not any more.
	 */
	NOT_FOUND("not-found"),

	/**
	 * Its agent does not take it now. It is kept.
	 */
	NOT_POSSIBLE("not-possible");

	private final String id;

	DeadLetterOutcome(String id) {
		this.id = id;
	}

	/**
	 * The name as it is written in events and answers.
	 * @return the name in lower case, with dashes
	 */
	public String id() {
		return this.id;
	}

}
