package io.switchboard.runtime;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a dynamic supervisor, after Elixir's {@code DynamicSupervisor}. Its
 * children do not know of each other, so nothing waits for anything: each child has a
 * little life of its own here, and a slow start delays nobody else.
 */
final class DynamicSupervisor extends SupervisorMachine {

	private final RestartWindow window;

	/**
	 * The children that have used a budget of their own. They are few, and looked through
	 * from any thread.
	 */
	private final Set<Child> counted = ConcurrentHashMap.newKeySet();

	private DynamicSupervisorSpec spec;

	private @Nullable ExitReason exitReason;

	private boolean ended;

	DynamicSupervisor(DynamicSupervisorSpec spec) {
		this(spec, () -> 0);
	}

	/**
	 * Begin a life.
	 * @param spec the specification
	 * @param random gives numbers from zero to one, for the waits between restarts
	 */
	DynamicSupervisor(DynamicSupervisorSpec spec, DoubleSupplier random) {
		super(random);
		this.spec = spec;
		this.window = new RestartWindow(spec.intensity());
	}

	@Override
	int restartsInWindow(long now) {
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			return this.window.count(now);
		}
		int highest = 0;
		for (Child child : this.counted) {
			RestartWindow own = child.window();
			highest = (own != null) ? Math.max(highest, own.count(now)) : highest;
		}
		return highest;
	}

	@Override
	int restartsInWindow(Child child, long now) {
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			return this.window.count(now);
		}
		RestartWindow own = child.window();
		return (own != null) ? own.count(now) : 0;
	}

	@Override
	protected void accept(SupervisorInput input) {
		End end = endOf(input);
		if (end != null) {
			if (isCurrent(end.child(), end.incarnation())) {
				childEnded(input, end);
			}
		}
		else if (input instanceof SupervisorInput.ChildStarted started) {
			if (isCurrent(started.child(), started.incarnation())) {
				childStarted(started.child(), started);
			}
		}
		else if (input instanceof SupervisorInput.Retry retry) {
			if (isDue(retry) && this.exitReason == null) {
				attempt(retry.child(), reasonToRetry(retry.child()));
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
		child.takeWaiting().forEach((request) -> replyStarted(request, started));
	}

	private void childEnded(SupervisorInput input, End end) {
		Child child = end.child();
		if (isBounced(child)) {
			start(child, false);
		}
		else if (child.status == NodeStatus.STOPPING || this.exitReason != null) {
			gone(child, end.reason());
		}
		else if (input instanceof SupervisorInput.ChildIgnored) {
			gone(child, end.reason());
		}
		else if (child.status != NodeStatus.STARTING) {
			if (RestartDecision.of(child.spec.restart(), end.reason()) == RestartDecision.RESTART) {
				restart(child, end.reason());
			}
			else {
				gone(child, end.reason());
			}
		}
		else if (child.isAutomatic()) {
			retryLater(child, this.spec.backoff(), end.reason());
		}
		else {
			startFailed(child, end.reason());
		}
	}

	private void startFailed(Child child, ExitReason reason) {
		boolean known = child.waiting()
			.stream()
			.anyMatch((request) -> request.kind() == ChildRequest.Kind.RESTART
					|| request.kind() == ChildRequest.Kind.BOUNCE);
		if (known) {
			pause(child, reason);
		}
		else {
			forget(child, reason);
		}
		child.takeWaiting().forEach((request) -> replyStartFailed(request, child, reason));
	}

	private void restart(Child child, ExitReason reason) {
		noteDown(child, this.spec.backoff());
		if (this.spec.backoff() == null) {
			attempt(child, reason);
		}
		else {
			retryLater(child, this.spec.backoff(), reason);
		}
	}

	private void attempt(Child child, ExitReason reason) {
		endRetry(child);
		if (windowOf(child).tryRestart(now())) {
			Templates.renew(child, this.spec);
			start(child, true);
			return;
		}
		command(new SupervisorCommand.ReportBudgetSpent(child, reason));
		if (this.spec.whenBudgetSpent() == WhenBudgetSpent.PAUSE) {
			pause(child, reason);
			return;
		}
		forget(child, reason);
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			shutdown(new ExitReason.Shutdown("restart budget spent, last on child '%s'".formatted(child.id()),
					reason.cause()));
		}
	}

	@Override
	protected void forget(Child child, ExitReason reason) {
		this.counted.remove(child);
		super.forget(child, reason);
	}

	private RestartWindow windowOf(Child child) {
		if (this.spec.budgetScope() == BudgetScope.SUPERVISOR) {
			return this.window;
		}
		RestartWindow own = child.window();
		if (own == null) {
			own = new RestartWindow(this.spec.intensity());
			child.history().window = own;
			this.counted.add(child);
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
		else if (!answer(requested)) {
			switch (requested.kind()) {
				case START -> performStart(requested, child);
				case TERMINATE -> performTerminate(requested, child);
				case RESTART -> performRestart(requested, child);
				case BOUNCE -> performBounce(requested, child);
				case RECONFIGURE -> reconfigure(requested);
				default -> refuse(requested, Problem.NOT_SUPPORTED);
			}
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
			added.await(requested);
			// a sender may have made a child of that name from the template meanwhile
			if (this.children.addIfAbsent(added) != null) {
				refuse(requested, Problem.ALREADY_STARTED);
			}
			else {
				start(added, false);
			}
		}
	}

	private void performTerminate(ChildRequest requested, @Nullable Child child) {
		Problem problem = (child != null) ? ChildRules.ownStop(requested, child) : Problem.NOT_FOUND;
		if (child == null || problem != null) {
			refuse(requested, Objects.requireNonNull(problem, "there is a problem with an unknown child"));
			return;
		}
		if (!child.isAlive()) {
			forget(child, ExitReason.shutdown());
			reply(requested);
			return;
		}
		if (child.status != NodeStatus.STOPPING) {
			child.takeWaiting().forEach((request) -> refuse(request, Problem.START_CANCELLED));
			Templates.renew(child, this.spec);
			stop(child);
		}
		child.await(requested);
	}

	/**
	 * Only a child that stays down because the budget was spent, or because it did not
	 * start again by hand, can be restarted: others that are down are forgotten.
	 * @param requested the request
	 * @param child the child of that name, if there is one
	 */
	private void performRestart(ChildRequest requested, @Nullable Child child) {
		if (child == null || !child.isPaused()) {
			refuse(requested, Problem.NOT_SUPPORTED);
			return;
		}
		windowOf(child).clear();
		Templates.renew(child, this.spec);
		child.await(requested);
		start(child, false);
	}

	private void performBounce(ChildRequest requested, @Nullable Child child) {
		Problem problem = (child != null) ? ChildRules.bounce(requested, child) : Problem.NOT_FOUND;
		if (child == null || problem != null) {
			refuse(requested, Objects.requireNonNull(problem, "there is a problem with an unknown child"));
		}
		else if (!child.isAlive()) {
			performRestart(requested, child);
		}
		else if (child.status != NodeStatus.STOPPING) {
			child.takeWaiting().forEach((request) -> refuse(request, Problem.START_CANCELLED));
			Templates.renew(child, this.spec);
			child.await(requested);
			stop(child);
		}
		else if (isBounced(child)) {
			child.await(requested);
		}
		else {
			refuse(requested, Problem.START_CANCELLED);
		}
	}

	/**
	 * Whether a child that stops is to be started again, and nobody wants it down.
	 */
	private boolean isBounced(Child child) {
		return child.status == NodeStatus.STOPPING && this.exitReason == null && !child.waiting().isEmpty()
				&& child.waiting().stream().allMatch((request) -> request.kind() == ChildRequest.Kind.BOUNCE);
	}

	private void reconfigure(ChildRequest requested) {
		if (!(requested.spec() instanceof DynamicSupervisorSpec changed)
				|| (changed.template() == null) != (this.spec.template() == null)) {
			refuse(requested, Problem.KIND_CHANGED);
			return;
		}
		this.spec = changed;
		this.window.change(changed.intensity());
		for (Child child : this.counted) {
			RestartWindow own = child.window();
			if (own != null) {
				own.change(changed.intensity());
			}
		}
		command(new SupervisorCommand.Reconfigured(changed));
		reply(requested);
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
				Templates.renew(child, this.spec);
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
		boolean stopped = this.exitReason != null || child.status == NodeStatus.STOPPING;
		forget(child, reason);
		for (ChildRequest request : child.takeWaiting()) {
			if (request.kind() == ChildRequest.Kind.TERMINATE || !stopped) {
				reply(request);
			}
			else {
				refuse(request, Problem.START_CANCELLED);
			}
		}
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
