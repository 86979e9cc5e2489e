package io.switchboard.test.model;

/**
 * How a call of a {@link ScriptedChatModel} stands.
 *
 * @since 0.1.0
 */
public enum CallOutcome {

	/**
	 * The answer is not finished; with a scripted delay or stall it may never be.
	 */
	RUNNING,

	/**
	 * The whole step was played.
	 */
	COMPLETED,

	/**
	 * The step failed as scripted, or there was no step for the call.
	 */
	FAILED,

	/**
	 * The caller cancelled the stream, or its thread was interrupted in a blocking call.
	 */
	CANCELLED

}
