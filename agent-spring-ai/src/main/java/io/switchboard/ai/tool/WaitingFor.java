package io.switchboard.ai.tool;

/**
 * What a turn waits for that has nothing to do itself. Where turns wait for several
 * things at once, the later of these says more.
 *
 * @since 0.1.0
 */
public enum WaitingFor {

	/**
	 * It does not wait.
	 */
	NOTHING,

	/**
	 * Until the journal has written what happened.
	 */
	JOURNAL,

	/**
	 * Until the provider of a model may be called, which is a matter of minutes.
	 */
	PROVIDER,

	/**
	 * Until a person has decided something, which may take days.
	 */
	PERSON

}
