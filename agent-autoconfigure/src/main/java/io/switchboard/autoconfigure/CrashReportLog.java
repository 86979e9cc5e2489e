package io.switchboard.autoconfigure;

import io.switchboard.report.CrashReport;
import io.switchboard.report.Failure;
import io.switchboard.report.RestartBudget;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.SupervisorStartException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes crash reports to the log, one line each and the stack trace below, with the same
 * keys everywhere. What the reports do not say is not in the log.
 */
final class CrashReportLog {

	private static final Logger logger = LoggerFactory.getLogger(AgentSystem.class);

	private CrashReportLog() {
	}

	static void write(CrashReport report) {
		switch (report.context()) {
			case CHILD_TERMINATED -> write(Level.ERROR, "Crashed", report);
			case START_ERROR -> write(isTold(report) ? Level.DEBUG : Level.ERROR, "Start failed", report);
			case SHUTDOWN_ERROR -> write(Level.WARN, "Did not stop as it should", report);
			case SHUTDOWN -> budgetSpent(report);
		}
	}

	/**
	 * A supervisor whose child failed to start fails itself, which is no news.
	 */
	private static boolean isTold(CrashReport report) {
		Failure failure = report.reason().failure();
		return failure != null && failure.type().equals(SupervisorStartException.class.getName());
	}

	private static void write(Level level, String what, CrashReport report) {
		if (!logger.isEnabledForLevel(level)) {
			return;
		}
		LoggingEventBuilder line = logger.atLevel(level)
			.addKeyValue("supervisor", String.valueOf(report.supervisor()))
			.addKeyValue("child", report.path().toString())
			.addKeyValue("reason", report.reason().toString())
			.addKeyValue("incarnation", report.incarnation());
		Failure failure = report.reason().failure();
		if (failure != null) {
			line = line.setCause(failure.toThrowable());
		}
		line.log("{} supervisor={} child={} reason={} restarts={} incarnation={} message={} mailbox={} trace={}", what,
				report.supervisor(), report.path(), report.reason(), restarts(report.budget()), report.incarnation(),
				report.message(), report.mailboxSize(), report.traceId());
	}

	private static void budgetSpent(CrashReport report) {
		logger.warn("Restart budget spent supervisor={} child={} reason={} restarts={}", report.supervisor(),
				report.path(), report.reason(), restarts(report.budget()));
	}

	private static @Nullable Integer restarts(@Nullable RestartBudget budget) {
		return (budget != null) ? budget.restarts() : null;
	}

}
