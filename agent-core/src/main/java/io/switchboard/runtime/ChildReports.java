package io.switchboard.runtime;

/**
 * Where a cell reports what became of its lives.
 */
@FunctionalInterface
interface ChildReports {

	/**
	 * Take a report. Called from any thread, returns at once.
	 * @param report the report
	 */
	void report(SupervisorInput report);

}
