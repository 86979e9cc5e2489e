package io.switchboard.runtime;

import io.switchboard.tree.LastExit;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor remembers of a child that did not just go on living. Most children
 * have none. Written by the supervisor alone, read by snapshots from any thread.
 */
final class ChildHistory {

	volatile long restarts;

	volatile @Nullable LastExit lastExit;

	/**
	 * Whether its last automatic start failed and another attempt is on its way through
	 * the supervisor's mailbox.
	 */
	boolean retryPending;

	/**
	 * Whether the current start is a restart that the supervisor decided.
	 */
	volatile boolean automatic;

	/**
	 * Whether no event has told of the last restart yet.
	 */
	boolean restartUnannounced;

	/**
	 * Whether it stays down because the budget was spent on it.
	 */
	volatile boolean paused;

	/**
	 * Counts this child's own restarts, where the budget is per child.
	 */
	volatile @Nullable RestartWindow window;

	/**
	 * What was written on its crashes.
	 */
	volatile @Nullable ReportRing reports;

	/**
	 * Slows down this child's restarts, where the supervisor does that.
	 */
	volatile @Nullable BackOff backOff;

	ChildHistory() {
	}

	/**
	 * Carry the history of a child over into a new life of its supervisor.
	 * @param before the history as the old life of the supervisor knew it
	 */
	ChildHistory(ChildHistory before) {
		this.restarts = before.restarts;
		this.restartUnannounced = before.restartUnannounced;
		this.lastExit = before.lastExit;
		this.reports = before.reports;
	}

}
