package io.switchboard.runtime;

import io.switchboard.ExitReason;
import io.switchboard.supervision.Restart;

/**
 * What becomes of a child that ended by itself.
 */
enum RestartDecision {

	/**
	 * Start it again, if the budget allows.
	 */
	RESTART,

	/**
	 * Leave it stopped and remember its specification.
	 */
	KEEP_STOPPED,

	/**
	 * Forget it.
	 */
	FORGET;

	static RestartDecision of(Restart restart, ExitReason reason) {
		return switch (restart) {
			case PERMANENT -> RESTART;
			case TRANSIENT -> reason.isAbnormal() ? RESTART : KEEP_STOPPED;
			case TEMPORARY -> FORGET;
		};
	}

}
