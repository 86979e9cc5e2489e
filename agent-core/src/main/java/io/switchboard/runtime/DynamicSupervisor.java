package io.switchboard.runtime;

import java.util.Objects;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.NodeType;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a dynamic supervisor, after Elixir's {@code DynamicSupervisor}. Its
 * children do not know of each other, so nothing waits for anything: each child has a
 * little life of its own here, and a slow start delays nobody else.
 */
final class DynamicSupervisor extends SupervisorMachine {

	private final DynamicSupervisorSpec spec;

	private final RestartWindow window;

	private @Nullable ExitReason exitReason;

	private boolean ended;

	DynamicSupervisor(DynamicSupervisorSpec spec) {
		this.spec = spec;
		this.window = new RestartWindow(spec.intensity());
	}

	@Override
	int restartsInWindow(long now) {
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			return this.window.count(now);
		}
		int highest = 0;
		for (Child child : this.children.unordered()) {
			RestartWindow own = child.window;
			highest = (own != null) ? Math.max(highest, own.count(now)) : highest;
		}
		return highest;
	}

	@Override
	int restartsInWindow(Child child, long now) {
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			return this.window.count(now);
		}
		RestartWindow own = child.window;
		return (own != null) ? own.count(now) : 0;
	}

	@Override
	protected void accept(SupervisorInput input, long now) {
		End end = endOf(input);
		if (end != null) {
			if (isCurrent(end.child(), end.incarnation())) {
				childEnded(input, end, now);
			}
		}
		else if (input instanceof SupervisorInput.ChildStarted started) {
			if (isCurrent(started.child(), started.incarnation())) {
				childStarted(started.child(), started);
			}
		}
		else if (input instanceof SupervisorInput.Retry retry) {
			if (retry.child().retryPending && this.exitReason == null) {
				restart(retry.child(), ExitReason.shutdown("its restart failed"), now);
			}
		}
		else if (input instanceof SupervisorInput.ChildWanted wanted) {
			childWanted(wanted.child());
		}
		else if (input instanceof SupervisorInput.Request requested) {
			perform(requested.request());
		}
		else if (input instanceof SupervisorInput.Stop stop) {
			shutdown(stop.reason());
		}
		else if (input instanceof SupervisorInput.Kill) {
			killAll();
		}
		else if (input instanceof SupervisorInput.Startup && this.exitReason == null) {
			command(new SupervisorCommand.Started());
		}
	}

	private void childStarted(Child child, SupervisorInput.ChildStarted started) {
		if (child.status == NodeStatus.STOPPING) {
			return;
		}
		running(child);
		child.waiting.forEach((request) -> replyStarted(request, started));
		child.waiting.clear();
	}

	private void childEnded(SupervisorInput input, End end, long now) {
		Child child = end.child();
		if (child.status == NodeStatus.STOPPING || this.exitReason != null) {
			gone(child, end.reason());
		}
		else if (input instanceof SupervisorInput.ChildIgnored) {
			gone(child, end.reason());
		}
		else if (child.status != NodeStatus.STARTING) {
			if (RestartDecision.of(child.spec.restart(), end.reason()) == RestartDecision.RESTART) {
				restart(child, end.reason(), now);
			}
			else {
				gone(child, end.reason());
			}
		}
		else if (child.automatic) {
			child.status = NodeStatus.RESTARTING;
			child.retryPending = true;
			command(new SupervisorCommand.RetryLater(child));
		}
		else {
			startFailed(child, end.reason());
		}
	}

	private void startFailed(Child child, ExitReason reason) {
		forget(child, reason);
		child.waiting.forEach((request) -> replyStartFailed(request, reason));
		child.waiting.clear();
	}

	private void restart(Child child, ExitReason reason, long now) {
		child.retryPending = false;
		if (windowOf(child).tryRestart(now)) {
			start(child, true);
			return;
		}
		command(new SupervisorCommand.ReportBudgetSpent(child, reason));
		forget(child, reason);
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			shutdown(new ExitReason.Shutdown("restart budget spent, last on child '%s'".formatted(child.id()),
					reason.cause()));
		}
	}

	private RestartWindow windowOf(Child child) {
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			return this.window;
		}
		RestartWindow own = child.window;
		if (own == null) {
			own = new RestartWindow(this.spec.intensity());
			child.window = own;
		}
		return own;
	}

	private void childWanted(Child child) {
		if (this.children.find(child.id()) != child) {
			keepStopped(child, ExitReason.shutdown());
			return;
		}
		if (this.exitReason != null) {
			forget(child, this.exitReason);
			endWhenAllDown();
		}
		else if (this.children.size() > this.spec.maxChildren()) {
			// senders look before they add, and several may have added at once
			forget(child, ExitReason.shutdown("'%s' has as many children as it may have".formatted(this.spec.id())));
		}
		else {
			start(child, false);
		}
	}

	private void perform(ChildRequest requested) {
		Child child = this.children.find(requested.id());
		if (this.exitReason != null) {
			refuse(requested, Problem.NO_PROCESS);
		}
		else if (answer(requested)) {
			return;
		}
		else if (requested.kind() == ChildRequest.Kind.START) {
			performStart(requested, child);
		}
		else if (requested.kind() != ChildRequest.Kind.TERMINATE) {
			refuse(requested, Problem.NOT_SUPPORTED);
		}
		else if (child == null) {
			refuse(requested, Problem.NOT_FOUND);
		}
		else {
			performTerminate(requested, child);
		}
	}

	private void performStart(ChildRequest requested, @Nullable Child existing) {
		ChildSpec child = Objects.requireNonNull(requested.spec(), "a start request has a specification");
		if (existing != null) {
			refuse(requested, existing.isAlive() ? Problem.ALREADY_STARTED : Problem.ALREADY_PRESENT);
		}
		else if (child.type() != NodeType.AGENT) {
			refuse(requested, Problem.NOT_SUPPORTED);
		}
		else if (child.significant()) {
			refuse(requested, Problem.SIGNIFICANT);
		}
		else if (this.children.size() >= this.spec.maxChildren()) {
			refuse(requested, Problem.MAX_CHILDREN);
		}
		else {
			Child added = this.children.create(child);
			added.waiting.add(requested);
			// a sender may have made a child of that name from the template meanwhile
			if (this.children.addIfAbsent(added) != null) {
				refuse(requested, Problem.ALREADY_STARTED);
			}
			else {
				start(added, false);
			}
		}
	}

	private void performTerminate(ChildRequest requested, Child child) {
		if (!child.isAlive()) {
			forget(child, ExitReason.shutdown());
			reply(requested);
			return;
		}
		if (child.status != NodeStatus.STOPPING) {
			child.waiting.forEach((request) -> refuse(request, Problem.START_CANCELLED));
			child.waiting.clear();
			stop(child);
		}
		child.waiting.add(requested);
	}

	private void shutdown(ExitReason reason) {
		if (this.exitReason != null) {
			return;
		}
		this.exitReason = reason;
		for (Child child : this.children.unordered()) {
			if (!child.isAlive()) {
				forget(child, reason);
			}
			else if (child.status != NodeStatus.STOPPING) {
				stop(child);
			}
		}
		endWhenAllDown();
	}

	private void killAll() {
		if (this.ended) {
			return;
		}
		this.exitReason = ExitReason.killed();
		for (Child child : this.children.unordered()) {
			if (child.isAlive()) {
				kill(child);
			}
			else {
				forget(child, this.exitReason);
			}
		}
		endWhenAllDown();
	}

	private void gone(Child child, ExitReason reason) {
		forget(child, reason);
		for (ChildRequest request : child.waiting) {
			if (request.kind() == ChildRequest.Kind.TERMINATE || this.exitReason == null) {
				reply(request);
			}
			else {
				refuse(request, Problem.START_CANCELLED);
			}
		}
		child.waiting.clear();
		endWhenAllDown();
	}

	private void endWhenAllDown() {
		ExitReason reason = this.exitReason;
		if (reason != null && !this.ended && this.children.size() == 0) {
			this.ended = true;
			command(new SupervisorCommand.Exit(reason));
		}
	}

}
