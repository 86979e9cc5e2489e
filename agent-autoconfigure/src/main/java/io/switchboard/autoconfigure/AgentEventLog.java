package io.switchboard.autoconfigure;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens to the log, one line an event, with the same keys everywhere:
 * supervisor, child, reason, restarts.
 * <p>
 * Crashes are written by the {@link CrashReportLog}. Restarts are information, threads
 * that are held or lost, limits that are near and messages that an agent does not take
 * are warnings. The rest is for debugging, as is a task that is cancelled while it holds
 * a thread: that is usual. No line quotes an exception: reasons are named by their kind.
 */
final class AgentEventLog implements AgentEventListener {

	private static final Logger logger = LoggerFactory.getLogger(AgentSystem.class);

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.CrashReported crash) {
			CrashReportLog.write(crash.report());
		}
		else if (event instanceof AgentEvent.Restarted restarted) {
			logger.atInfo()
				.addKeyValue("supervisor", String.valueOf(supervisor(restarted.path())))
				.addKeyValue("child", restarted.path().toString())
				.addKeyValue("reason", restarted.reason().kind().toString())
				.addKeyValue("restarts", restarted.restarts())
				.addKeyValue("incarnation", restarted.incarnation())
				.log("Restarted supervisor={} child={} reason={} restarts={} incarnation={}",
						supervisor(restarted.path()), restarted.path(), restarted.reason().kind(), restarted.restarts(),
						restarted.incarnation());
		}
		else if (event instanceof AgentEvent.RestartDelayed delayed) {
			logger.info("Restart delayed supervisor={} child={} reason={} until={}", supervisor(delayed.path()),
					delayed.path(), delayed.reason().kind(), delayed.until());
		}
		else if (event instanceof AgentEvent.RestartPaused paused) {
			logger.warn("Stays stopped until somebody restarts it supervisor={} child={} reason={}",
					supervisor(paused.path()), paused.path(), paused.reason().kind());
		}
		else if (event instanceof AgentEvent.Reconfigured changed) {
			logger.info("Reconfigured supervisor={}", changed.path());
		}
		else if (event instanceof AgentEvent.Operated operated) {
			logger.info("Operated on by hand supervisor={} child={} action={} operator={} outcome={}",
					supervisor(operated.path()), operated.path(), operated.action(), oneLine(operated.operator()),
					operated.outcome());
		}
		else if (event instanceof AgentEvent.ShutdownTimedOut timedOut) {
			logger.warn("Killed, because it did not stop in time supervisor={} child={} limit={}",
					supervisor(timedOut.path()), timedOut.path(), timedOut.limit());
		}
		else if (event instanceof AgentEvent.WorkAbandoned abandoned && abandoned.reason().isAbnormal()) {
			logger.warn("Ended, but its code still holds a thread supervisor={} child={} reason={} incarnation={}",
					supervisor(abandoned.path()), abandoned.path(), abandoned.reason().kind(), abandoned.incarnation());
		}
		else if (event instanceof AgentEvent.WorkerHeld held) {
			logger.warn("Keeps a worker to itself, so another takes its place supervisor={} child={} incarnation={}",
					supervisor(held.path()), held.path(), held.incarnation());
		}
		else if (event instanceof AgentEvent.LimitNear near) {
			logger.warn("Nearly used up supervisor={} child={} limit={} used={}%", supervisor(near.path()), near.path(),
					near.limit(), Math.round(near.used() * 100));
		}
		else if (event instanceof AgentEvent.DeadLetter letter && letter.result() == SendResult.UNSUPPORTED) {
			logger.warn("Message refused, because the agent does not take its type supervisor={} child={} message={}",
					supervisor(letter.path()), letter.path(), letter.messageType().getName());
		}
		else {
			debug(event);
		}
	}

	private static void debug(AgentEvent event) {
		if (event instanceof AgentEvent.Exited exited) {
			debug("Exited", exited.path(), exited.reason());
		}
		else if (event instanceof AgentEvent.StartFailed failed) {
			debug("Start failed", failed.path(), failed.reason());
		}
		else if (event instanceof AgentEvent.Stopped stopped) {
			debug("Stopped", stopped.path(), stopped.reason());
		}
		else if (event instanceof AgentEvent.RestartBudgetSpent spent) {
			debug("Restart budget spent", spent.child(), spent.reason());
		}
		else {
			logger.debug("{}", event);
		}
	}

	private static void debug(String what, AgentPath path, ExitReason reason) {
		logger.debug("{} supervisor={} child={} reason={}", what, supervisor(path), path, reason.kind());
	}

	/**
	 * Names of people come from outside and must not look like lines of the log.
	 */
	private static @Nullable String oneLine(@Nullable String name) {
		return (name != null) ? name.replaceAll("\\s|\\p{Cntrl}", "_") : null;
	}

	private static @Nullable AgentPath supervisor(AgentPath path) {
		return path.parent();
	}

}
