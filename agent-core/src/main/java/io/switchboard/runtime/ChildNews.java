package io.switchboard.runtime;

import java.time.Instant;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.tree.LastExit;

/**
 * Tells the world what happens to the children of one supervisor.
 */
final class ChildNews {

	private final DefaultAgentSystem system;

	private final AgentPath supervisor;

	private final CrashRecords records;

	ChildNews(DefaultAgentSystem system, AgentPath supervisor, CrashRecords records) {
		this.system = system;
		this.supervisor = supervisor;
		this.records = records;
	}

	/**
	 * Tell what a report says before it is acted upon.
	 * @param input the report
	 */
	void before(SupervisorInput input) {
		if (input instanceof SupervisorInput.ChildExited exited && isNews(exited.child(), exited.incarnation())) {
			Child child = exited.child();
			Instant at = this.system.now();
			child.history().lastExit = new LastExit(exited.reason(), at);
			if (this.system.isHeard()) {
				this.system.emit(new AgentEvent.Exited(pathOf(child), child.spec.type(), exited.incarnation(),
						exited.reason(), at));
			}
			this.records.exited(exited, at);
		}
		else if (input instanceof SupervisorInput.ChildStartFailed failed
				&& isNews(failed.child(), failed.incarnation())) {
			Instant at = this.system.now();
			failed.child().history().lastExit = new LastExit(failed.reason(), at);
			this.system
				.emit(new AgentEvent.StartFailed(pathOf(failed.child()), failed.incarnation(), failed.reason(), at));
			this.records.startFailed(failed, at);
		}
		else if (input instanceof SupervisorInput.Kill) {
			this.records.kill();
		}
		else if (input instanceof SupervisorInput.ChildIgnored ignored) {
			this.system
				.emit(new AgentEvent.StartIgnored(pathOf(ignored.child()), ignored.incarnation(), this.system.now()));
		}
	}

	/**
	 * Tell what a report says after it was decided upon.
	 * @param input the report
	 */
	void after(SupervisorInput input) {
		if (input instanceof SupervisorInput.ChildStarted started) {
			Child child = started.child();
			if (this.system.isHeard()) {
				started(child, started.incarnation());
			}
			ChildHistory history = child.known();
			if (history != null) {
				history.restartUnannounced = false;
			}
		}
	}

	private void started(Child child, long incarnation) {
		ChildHistory history = child.known();
		LastExit lastExit = child.lastExit();
		if (history != null && history.restartUnannounced && lastExit != null) {
			this.system.emit(new AgentEvent.Restarted(pathOf(child), child.spec.type(), incarnation, lastExit.reason(),
					history.restarts, this.system.now()));
		}
		else {
			this.system.emit(new AgentEvent.Started(pathOf(child), child.spec.type(), incarnation, this.system.now()));
		}
	}

	void stopped(SupervisorCommand.Close close) {
		this.system.emit(new AgentEvent.Stopped(pathOf(close.child()), close.child().spec.type(), close.reason(),
				this.system.now()));
	}

	void budgetSpent(SupervisorCommand.ReportBudgetSpent spent, ChildSpec spec) {
		RestartIntensity intensity = Intensities.of(spec);
		this.system.emit(new AgentEvent.RestartBudgetSpent(this.supervisor, pathOf(spent.child()), spent.reason(),
				intensity.maxRestarts(), intensity.within(), this.system.now()));
		this.records.budgetSpent(spent);
	}

	void paused(SupervisorCommand.ReportPaused paused) {
		this.system.emit(new AgentEvent.RestartPaused(pathOf(paused.child()), paused.child().spec.type(),
				paused.reason(), this.system.now()));
	}

	void restartDelayed(SupervisorCommand.RetryLater retry, Instant until) {
		this.system.emit(new AgentEvent.RestartDelayed(pathOf(retry.child()), retry.child().spec.type(), retry.reason(),
				until, this.system.now()));
	}

	void reconfigured() {
		this.system.emit(new AgentEvent.Reconfigured(this.supervisor, this.system.now()));
	}

	private static boolean isNews(Child child, long incarnation) {
		return child.incarnation == incarnation && child.isAlive();
	}

	private AgentPath pathOf(Child child) {
		return child.path(this.supervisor);
	}

}
