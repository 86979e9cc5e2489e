package io.switchboard.autoconfigure.operations;

import java.util.List;

import io.switchboard.event.AgentEvent.CrashReported;
import io.switchboard.report.CrashReport;

/**
 * The latest crash reports of all nodes, in one place and over the ends of the nodes.
 * They say no more than the {@link io.switchboard.report.Sanitizer} allows.
 *
 * @since 0.1.0
 */
public final class CrashLog {

	private final RecentEvents<CrashReported> crashes;

	CrashLog(RecentEvents<CrashReported> crashes) {
		this.crashes = crashes;
	}

	/**
	 * The reports.
	 * @return the latest, newest first
	 */
	public List<CrashReport> reports() {
		return this.crashes.all().stream().map(CrashReported::report).toList();
	}

}
