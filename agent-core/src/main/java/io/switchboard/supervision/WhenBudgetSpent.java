package io.switchboard.supervision;

/**
 * What becomes of a supervisor whose restart budget is spent.
 *
 * @since 0.1.0
 */
public enum WhenBudgetSpent {

	/**
	 * As in OTP: it gives up. It stops its children and ends, and leaves the rest to the
	 * supervisor above; where the budget is counted per child, only that child ends.
	 */
	STOP,

	/**
	 * It lives on, and leaves stopped whom it would have restarted: the child, and with a
	 * group strategy those that would have been restarted with it. They stay so until
	 * somebody restarts them by hand; then the budget begins anew. Not OTP's.
	 */
	PAUSE

}
