package io.switchboard.supervision;

/**
 * Whose restarts a dynamic supervisor counts together.
 *
 * @since 0.1.0
 */
public enum BudgetScope {

	/**
	 * Those of all children, as OTP does: a spent budget ends the supervisor.
	 */
	SUPERVISOR,

	/**
	 * Those of each child alone: a spent budget ends that child only, so that one sick
	 * session cannot take down the others. Not OTP's.
	 */
	CHILD

}
