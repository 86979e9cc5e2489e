package io.switchboard.runtime;

/**
 * What the steps are for that a {@link StepwiseSupervisor} takes.
 */
enum SupervisorTask {

	/**
	 * Nothing is under way.
	 */
	NONE,

	/**
	 * All children are started.
	 */
	STARTUP,

	/**
	 * The startup failed, and those that were started are stopped again.
	 */
	UNWIND,

	/**
	 * Somebody has asked for it.
	 */
	REQUEST,

	/**
	 * An attempt to restart a child or a group.
	 */
	RESTART,

	/**
	 * A group is stopped that will be restarted after a while.
	 */
	WAIT,

	/**
	 * A group is stopped that will not be restarted, as the budget is spent.
	 */
	PAUSE,

	/**
	 * The end of the supervisor.
	 */
	SHUTDOWN,

	/**
	 * The end of the supervisor at once.
	 */
	KILL,

	/**
	 * The supervisor has ended.
	 */
	ENDED;

	boolean restartsGroup() {
		return this == RESTART || this == WAIT || this == PAUSE;
	}

	boolean ends() {
		return this == UNWIND || this == SHUTDOWN || this == KILL || this == ENDED;
	}

}
