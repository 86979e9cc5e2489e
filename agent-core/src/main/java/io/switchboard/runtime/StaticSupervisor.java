package io.switchboard.runtime;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a static supervisor, after OTP's {@code supervisor}.
 */
final class StaticSupervisor extends StepwiseSupervisor {

	private final RestartWindow window;

	private final @Nullable PartitionsInUse partitions;

	private SupervisorSpec spec;

	/**
	 * The child whose restart has to wait until its group is down.
	 */
	private @Nullable Child waiting;

	/**
	 * Whether the child that is restarted by hand was down because the budget was spent.
	 */
	private boolean resuming;

	private ExitReason waitingFor = ExitReason.noProcess();

	/**
	 * Whether siblings may be waiting to be started with another child.
	 */
	private boolean grouped;

	StaticSupervisor(SupervisorSpec spec) {
		this(spec, new Children(), () -> 0);
	}

	/**
	 * Begin a further life of a supervisor: the children are those of the specification,
	 * at their old paths.
	 * @param spec the specification
	 * @param before the children of the life before
	 * @param random gives numbers from zero to one, for the waits between restarts
	 */
	StaticSupervisor(SupervisorSpec spec, Children before, DoubleSupplier random) {
		this(spec, before, random, null);
	}

	/**
	 * Begin a life of a partition supervisor.
	 * @param partitions how many are in use; all of them at first
	 * @param before the children of the life before
	 */
	StaticSupervisor(PartitionsInUse partitions, Children before) {
		this(partitions.supervisor(), before, () -> 0, partitions);
	}

	private StaticSupervisor(SupervisorSpec spec, Children before, DoubleSupplier random,
			@Nullable PartitionsInUse partitions) {
		super(random);
		this.spec = spec;
		this.partitions = partitions;
		this.window = new RestartWindow(spec.intensity());
		for (ChildSpec childSpec : spec.children()) {
			Child child = this.children.add(childSpec);
			Child old = before.find(child.id());
			if (old != null && old.spec == childSpec) {
				child.inherit(old);
			}
		}
	}

	@Override
	int restartsInWindow(long now) {
		return this.window.count(now);
	}

	/**
	 * How many partitions are in use.
	 * @return the count, or {@code null} if the children are no partitions
	 */
	@Nullable PartitionsInUse partitions() {
		return this.partitions;
	}

	@Override
	protected void dispatch(SupervisorInput input) {
		if (input instanceof SupervisorInput.ChildExited exited) {
			if (isCurrent(exited.child(), exited.incarnation())) {
				childExited(exited.child(), exited.reason());
			}
		}
		else if (input instanceof SupervisorInput.Retry retry) {
			if (isDue(retry)) {
				attempt(retry.child(), reasonToRetry(retry.child()));
			}
		}
		else if (input instanceof SupervisorInput.Request requested) {
			perform(requested.request());
		}
		else if (input instanceof SupervisorInput.Startup) {
			begin(SupervisorTask.STARTUP, List.of(), this.children.inOrder());
		}
	}

	// ---- ends and restarts

	private void childExited(Child child, ExitReason reason) {
		switch (RestartDecision.of(child.spec.restart(), reason)) {
			case RESTART -> restart(child, reason);
			case KEEP_STOPPED -> {
				keepStopped(child, reason);
				endIfSignificant(child);
			}
			case FORGET -> {
				forget(child, reason);
				endIfSignificant(child);
			}
		}
	}

	private void endIfSignificant(Child ended) {
		if (!ended.spec.significant()) {
			return;
		}
		boolean end = switch (this.spec.autoShutdown()) {
			case NEVER -> false;
			case ANY_SIGNIFICANT -> true;
			case ALL_SIGNIFICANT -> this.children.inOrder()
				.stream()
				.noneMatch((child) -> child.spec.significant() && (child.isAlive() || child.isRetryPending()));
		};
		if (end) {
			shutdown(ExitReason.shutdown());
		}
	}

	private void restart(Child child, ExitReason reason) {
		child.status = NodeStatus.RESTARTING;
		noteDown(child, this.spec.backoff());
		if (this.spec.backoff() == null) {
			attempt(child, reason);
		}
		else {
			this.waiting = child;
			this.waitingFor = reason;
			begin(SupervisorTask.WAIT, scopeOf(child).stop(), List.of());
		}
	}

	private void attempt(Child child, ExitReason reason) {
		endRetry(child);
		child.status = NodeStatus.RESTARTING;
		if (this.window.tryRestart(now())) {
			RestartScope scope = scopeOf(child);
			begin(SupervisorTask.RESTART, scope.stop(), scope.start());
		}
		else {
			budgetSpent(child, reason);
		}
	}

	private void budgetSpent(Child child, ExitReason reason) {
		command(new SupervisorCommand.ReportBudgetSpent(child, reason));
		if (this.spec.whenBudgetSpent() == WhenBudgetSpent.PAUSE) {
			List<Child> group = scopeOf(child).stop();
			pause(child, reason);
			begin(SupervisorTask.PAUSE, group, List.of());
			return;
		}
		child.status = NodeStatus.STOPPED;
		shutdown(new ExitReason.Shutdown("restart budget spent, last on child '%s'".formatted(child.id()),
				reason.cause()));
	}

	private RestartScope scopeOf(Child child) {
		boolean alone = this.spec.strategy() == Strategy.ONE_FOR_ONE;
		this.grouped |= !alone;
		return RestartScope.of(this.spec.strategy(), alone ? List.of(child) : this.children.inOrder(), child);
	}

	@Override
	protected void restartFailed(Child child, ExitReason reason) {
		if (this.spec.backoff() == null) {
			retryLater(child, null, reason);
			return;
		}
		// whoever came up in this round must not run without the one that did not
		child.status = NodeStatus.RESTARTING;
		this.waiting = child;
		this.waitingFor = reason;
		turnTo(SupervisorTask.WAIT, scopeOf(child).stop());
	}

	@Override
	protected void groupIsDown() {
		Child child = Objects.requireNonNull(this.waiting, "somebody waits for the group");
		this.waiting = null;
		retryLater(child, this.spec.backoff(), this.waitingFor);
	}

	@Override
	protected void groupIsSettled() {
		closeLeftBehind();
	}

	@Override
	protected void stopped(Child child, SupervisorTask during, ExitReason reason) {
		if (during == SupervisorTask.REQUEST && isBounced(child)) {
			// what waits for it waits on
			child.status = NodeStatus.RESTARTING;
		}
		else if (during == SupervisorTask.REQUEST) {
			settle(child, reason);
		}
		else if (child.spec.restart() == Restart.TEMPORARY) {
			forget(child, reason);
		}
		else if (during == SupervisorTask.PAUSE) {
			pause(child, reason);
		}
		else {
			noteDown(child, this.spec.backoff());
			child.status = NodeStatus.RESTARTING;
		}
	}

	// ---- requests

	private void perform(ChildRequest requested) {
		if (answer(requested)) {
			return;
		}
		Child child = this.children.find(requested.id());
		Problem problem = (this.partitions != null) ? ChildRules.refusalOfPartitions(requested, child)
				: ChildRules.refusal(requested, child, this.spec.autoShutdown());
		if (problem != null) {
			refuse(requested, problem);
			return;
		}
		switch (requested.kind()) {
			case START -> {
				ChildSpec added = Objects.requireNonNull(requested.spec(), "a start request has a specification");
				serve(requested, List.of(), List.of(this.children.add(added)));
			}
			case RESTART -> restartByHand(requested, known(child));
			case BOUNCE -> bounce(requested, known(child));
			case TERMINATE -> terminate(requested, known(child));
			case DELETE -> {
				forget(known(child), ExitReason.shutdown());
				reply(requested);
			}
			case RECONFIGURE -> reconfigure(requested);
			case RESIZE -> resize(requested, Objects.requireNonNull(this.partitions, "others are refused"));
			default -> throw new IllegalStateException("answered before: " + requested);
		}
	}

	private void resize(ChildRequest requested, PartitionsInUse inUse) {
		int wanted = requested.partitions();
		if (wanted < inUse.count()) {
			List<Child> beyond = inUse.beyond(this.children, wanted);
			for (Child child : beyond) {
				Problem problem = ChildRules.ownStop(requested, child);
				if (problem != null) {
					refuse(requested, child.id(), problem);
					return;
				}
			}
			// nobody is sent there from now on
			inUse.count(wanted);
			serve(requested, beyond, List.of());
		}
		else {
			serve(requested, List.of(), inUse.missing(this.children, wanted));
		}
	}

	@Override
	protected void served(ChildRequest request) {
		if (this.partitions != null && request.kind() == ChildRequest.Kind.RESIZE) {
			this.partitions.count(request.partitions());
		}
	}

	@Override
	protected void notServed(ChildRequest request, Child failed) {
		if (this.partitions != null && request.kind() == ChildRequest.Kind.RESIZE) {
			this.partitions.count(Integer.parseInt(failed.id()));
		}
	}

	private static Child known(@Nullable Child child) {
		return Objects.requireNonNull(child, "requests about unknown children are refused");
	}

	private void restartByHand(ChildRequest requested, Child child) {
		this.resuming = child.isPaused();
		if (this.resuming) {
			this.window.clear();
		}
		serve(requested, List.of(), List.of(child));
	}

	private void bounce(ChildRequest requested, Child child) {
		if (child.isAlive()) {
			this.resuming = false;
			serve(requested, List.of(child), List.of(child));
		}
		else {
			restartByHand(requested, child);
		}
	}

	@Override
	protected void restartByHandFailed(Child child, ExitReason reason) {
		if (this.resuming) {
			pause(child, reason);
		}
		else {
			super.restartByHandFailed(child, reason);
		}
	}

	private void terminate(ChildRequest requested, Child child) {
		if (child.isAlive()) {
			serve(requested, List.of(child), List.of());
			return;
		}
		if (child.spec.restart() == Restart.TEMPORARY) {
			forget(child, ExitReason.shutdown());
			closeLeftBehind();
		}
		else if (child.isRetryPending()) {
			keepStopped(child, ExitReason.shutdown());
			closeLeftBehind();
		}
		reply(requested);
	}

	/**
	 * Siblings that were waiting to be started with a child whose restart was given up
	 * stay down, too, as in OTP. So do those that a live change has taken out of its
	 * group.
	 */
	private void closeLeftBehind() {
		List<Child> all = this.grouped ? this.children.inOrder() : List.of();
		if (all.stream().noneMatch((child) -> child.isRetryPending())) {
			this.grouped = false;
			all.stream()
				.filter((child) -> child.status == NodeStatus.RESTARTING)
				.forEach((child) -> keepStopped(child, ExitReason.shutdown()));
		}
	}

	private void reconfigure(ChildRequest requested) {
		if (!(requested.spec() instanceof SupervisorSpec changed)) {
			refuse(requested, Problem.KIND_CHANGED);
			return;
		}
		Child misfit = LiveChange.misfit(this.children, changed.children());
		if (misfit != null) {
			refuse(requested, misfit.id(), Problem.KIND_CHANGED);
			return;
		}
		this.spec = changed;
		this.window.change(changed.intensity());
		for (Child added : LiveChange.apply(this.children, changed.children())) {
			keepStopped(added, ExitReason.noProcess());
		}
		command(new SupervisorCommand.Reconfigured(changed));
		reply(requested);
	}

}
