package io.switchboard.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.report.CrashContext;
import io.switchboard.report.RestartBudget;
import io.switchboard.runtime.CrashReporter.Crash;
import io.switchboard.runtime.ReportRing.Entry;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * The reports that one supervisor writes on its children. Those on a child are kept with
 * it; those on children that are forgotten, and on budgets spent, are kept here.
 */
final class CrashRecords {

	private final SupervisorCell supervisor;

	private boolean killed;

	private final List<AgentPath> ancestors;

	private volatile @Nullable ReportRing kept;

	CrashRecords(SupervisorCell supervisor) {
		this.supervisor = supervisor;
		this.ancestors = upwardsFrom(supervisor.path);
	}

	private static List<AgentPath> upwardsFrom(AgentPath path) {
		List<AgentPath> ancestors = new ArrayList<>();
		for (AgentPath next = path; next != null; next = next.parent()) {
			ancestors.add(next);
		}
		return List.copyOf(ancestors);
	}

	/**
	 * Reports on children that are forgotten, and on budgets spent.
	 * @return the reports, oldest first
	 */
	List<Entry> kept() {
		ReportRing ring = this.kept;
		return (ring != null) ? ring.entries() : List.of();
	}

	/**
	 * A life of the supervisor begins.
	 */
	void begin() {
		this.killed = false;
	}

	/**
	 * The supervisor is killed and takes its children along.
	 */
	void kill() {
		this.killed = true;
	}

	void exited(SupervisorInput.ChildExited exited, Instant at) {
		Child child = exited.child();
		CrashContext context = (child.status == NodeStatus.STOPPING)
				? CrashRules.stopped(child.spec, exited.reason(), this.killed) : CrashRules.ended(exited.reason());
		report(child, exited.incarnation(), context, exited.reason(), exited.evidence(), at);
	}

	void startFailed(SupervisorInput.ChildStartFailed failed, Instant at) {
		Child child = failed.child();
		CrashContext context = (child.status == NodeStatus.STOPPING)
				? CrashRules.stopped(child.spec, failed.reason(), this.killed) : CrashContext.START_ERROR;
		report(child, failed.incarnation(), context, failed.reason(), failed.evidence(), at);
	}

	void templateFailed(String name, ExitReason reason) {
		Entry entry = reporter().write(this.supervisor.path.child(name),
				new Crash(0, CrashContext.START_ERROR, reason, CrashEvidence.NONE, this.ancestors, now()), null);
		keep(entry);
	}

	void budgetSpent(SupervisorCommand.ReportBudgetSpent spent) {
		Child child = spent.child();
		Entry entry = reporter().write(pathOf(child), child, new Crash(child.incarnation, CrashContext.SHUTDOWN,
				spent.reason(), CrashEvidence.NONE, this.ancestors, now()), budget(child));
		keep(entry);
	}

	/**
	 * A child is forgotten: keep what was written on it.
	 * @param child the child
	 */
	void forgotten(Child child) {
		ReportRing reports = child.reports();
		if (reports != null) {
			reports.entries().stream().filter((entry) -> !kept().contains(entry)).forEach(this::keep);
			child.history().reports = null;
		}
	}

	private void report(Child child, long incarnation, @Nullable CrashContext context, ExitReason reason,
			CrashEvidence evidence, Instant at) {
		if (context != null) {
			reporter().write(pathOf(child), child,
					new Crash(incarnation, context, reason, evidence, this.ancestors, at), budget(child));
		}
	}

	private void keep(Entry entry) {
		this.kept = reporter().keep(this.kept, entry);
	}

	/**
	 * How much of the restart budget is spent that a child draws on.
	 * @param child the child
	 * @return the budget, or {@code null} if the supervisor has never run
	 */
	@Nullable RestartBudget budget(Child child) {
		SupervisorMachine rules = this.supervisor.machine();
		if (rules == null) {
			return null;
		}
		ChildSpec current = this.supervisor.spec();
		RestartIntensity intensity = Intensities.of(current);
		Strategy strategy = (current instanceof SupervisorSpec spec) ? spec.strategy() : Strategy.ONE_FOR_ONE;
		return new RestartBudget(strategy, rules.restartsInWindow(child, this.supervisor.system.nanos()),
				intensity.maxRestarts(), intensity.within());
	}

	private CrashReporter reporter() {
		return this.supervisor.system.reporter();
	}

	private Instant now() {
		return this.supervisor.system.now();
	}

	private AgentPath pathOf(Child child) {
		return child.path(this.supervisor.path);
	}

}
