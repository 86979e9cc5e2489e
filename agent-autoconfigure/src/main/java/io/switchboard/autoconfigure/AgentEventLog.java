package io.switchboard.autoconfigure;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.SupervisorStartException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens to the log, one line an event, with the same keys everywhere:
 * supervisor, child, reason, restarts.
 * <p>
 * Crashes are errors and come with their stack trace, restarts are information, spent
 * budgets and threads that are lost are warnings. The rest is for debugging.
 */
final class AgentEventLog implements AgentEventListener {

	private static final Logger logger = LoggerFactory.getLogger(AgentSystem.class);

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Exited exited) {
			exited(exited);
		}
		else if (event instanceof AgentEvent.Restarted restarted) {
			logger.info("Restarted supervisor={} child={} reason={} restarts={} incarnation={}",
					supervisor(restarted.path()), restarted.path(), restarted.reason().kind(), restarted.restarts(),
					restarted.incarnation());
		}
		else if (event instanceof AgentEvent.StartFailed failed) {
			startFailed(failed);
		}
		else if (event instanceof AgentEvent.RestartBudgetSpent spent) {
			logger.warn("Restart budget spent supervisor={} child={} reason={} max-restarts={} within={}", spent.path(),
					spent.child(), spent.reason(), spent.maxRestarts(), spent.within());
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
		else if (event instanceof AgentEvent.ShutdownTimedOut timedOut) {
			logger.warn("Killed, because it did not stop in time supervisor={} child={} limit={}",
					supervisor(timedOut.path()), timedOut.path(), timedOut.limit());
		}
		else if (event instanceof AgentEvent.WorkAbandoned abandoned) {
			logger.warn("Killed, but its code still holds a thread supervisor={} child={} incarnation={}",
					supervisor(abandoned.path()), abandoned.path(), abandoned.incarnation());
		}
		else if (event instanceof AgentEvent.WorkerHeld held) {
			logger.warn("Keeps a worker to itself supervisor={} child={} incarnation={} since={}",
					supervisor(held.path()), held.path(), held.incarnation(), held.since());
		}
		else {
			logger.debug("{}", event);
		}
	}

	private static void exited(AgentEvent.Exited exited) {
		ExitReason reason = exited.reason();
		if (reason instanceof ExitReason.Crash) {
			logger.error("Crashed supervisor={} child={} reason={} incarnation={}", supervisor(exited.path()),
					exited.path(), reason, exited.incarnation(), reason.cause());
		}
		else {
			logger.debug("Exited supervisor={} child={} reason={} incarnation={}", supervisor(exited.path()),
					exited.path(), reason, exited.incarnation());
		}
	}

	private static void startFailed(AgentEvent.StartFailed failed) {
		ExitReason reason = failed.reason();
		if (reason.cause() instanceof SupervisorStartException) {
			logger.debug("Start failed supervisor={} child={} reason={}", supervisor(failed.path()), failed.path(),
					reason);
		}
		else {
			logger.error("Start failed supervisor={} child={} reason={} incarnation={}", supervisor(failed.path()),
					failed.path(), reason, failed.incarnation(), reason.cause());
		}
	}

	private static @Nullable AgentPath supervisor(AgentPath path) {
		return path.parent();
	}

}
