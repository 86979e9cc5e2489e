package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.Steps.Step;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a static supervisor, after OTP's {@code supervisor}.
 * <p>
 * OTP's supervisor waits inside a start or stop of a child, while messages gather in its
 * mailbox. Here the waiting is a state: a task is a queue of steps, one child at a time,
 * and other inputs are deferred until the task has ended. Only stop and kill overtake.
 */
final class StaticSupervisor extends SupervisorMachine {

	private final SupervisorSpec spec;

	private final RestartWindow window;

	private final @Nullable PartitionsInUse partitions;

	private final Deque<SupervisorInput> deferred = new ArrayDeque<>();

	private final Steps steps = new Steps();

	private Task task = Task.NONE;

	private @Nullable ChildRequest request;

	private @Nullable End failure;

	private ExitReason exitReason = ExitReason.shutdown();

	StaticSupervisor(SupervisorSpec spec) {
		this(spec, new Children());
	}

	/**
	 * Begin a further life of a supervisor: the children are those of the specification,
	 * at their old paths.
	 * @param spec the specification
	 * @param before the children of the life before
	 */
	StaticSupervisor(SupervisorSpec spec, Children before) {
		this(spec, before, null);
	}

	/**
	 * Begin a life of a partition supervisor.
	 * @param partitions how many are in use; all of them at first
	 * @param before the children of the life before
	 */
	StaticSupervisor(PartitionsInUse partitions, Children before) {
		this(partitions.supervisor(), before, partitions);
	}

	private StaticSupervisor(SupervisorSpec spec, Children before, @Nullable PartitionsInUse partitions) {
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
	protected void accept(SupervisorInput input, long now) {
		if (input instanceof SupervisorInput.Stop stop) {
			shutdown(stop.reason());
		}
		else if (input instanceof SupervisorInput.Kill) {
			killAll();
		}
		else if (this.task == Task.KILL) {
			awaitKilled(input);
		}
		else if (this.task == Task.ENDED) {
			refuseRequest(input);
		}
		else if (!completesStep(input)) {
			this.deferred.add(input);
		}
		while (this.task == Task.NONE && !this.deferred.isEmpty()) {
			dispatch(this.deferred.remove(), now);
		}
	}

	private void dispatch(SupervisorInput input, long now) {
		if (input instanceof SupervisorInput.ChildExited exited) {
			if (isCurrent(exited.child(), exited.incarnation())) {
				childExited(exited.child(), exited.reason(), now);
			}
		}
		else if (input instanceof SupervisorInput.Retry retry) {
			if (retry.child().retryPending) {
				restart(retry.child(), ExitReason.shutdown("its restart failed"), now);
			}
		}
		else if (input instanceof SupervisorInput.Request requested) {
			perform(requested.request());
		}
		else if (input instanceof SupervisorInput.Startup) {
			this.task = Task.STARTUP;
			this.steps.start(this.children.inOrder());
			advance();
		}
	}

	private void childExited(Child child, ExitReason reason, long now) {
		switch (RestartDecision.of(child.spec.restart(), reason)) {
			case RESTART -> restart(child, reason, now);
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
				.noneMatch((child) -> child.spec.significant() && child.status != NodeStatus.STOPPED);
		};
		if (end) {
			shutdown(ExitReason.shutdown());
		}
	}

	private void restart(Child child, ExitReason reason, long now) {
		child.retryPending = false;
		child.status = NodeStatus.RESTARTING;
		if (!this.window.tryRestart(now)) {
			child.status = NodeStatus.STOPPED;
			command(new SupervisorCommand.ReportBudgetSpent(child, reason));
			shutdown(new ExitReason.Shutdown("restart budget spent, last on child '%s'".formatted(child.id()),
					reason.cause()));
			return;
		}
		this.task = Task.RESTART;
		RestartScope scope = RestartScope.of(this.spec.strategy(), this.children.inOrder(), child);
		this.steps.stop(scope.stop());
		this.steps.start(scope.start());
		advance();
	}

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
				this.steps.start(List.of(this.children.add(added)));
				begin(requested);
			}
			case RESTART -> {
				this.steps.start(List.of(known(child)));
				begin(requested);
			}
			case TERMINATE -> terminate(requested, known(child));
			case DELETE -> {
				forget(known(child), ExitReason.shutdown());
				reply(requested);
			}
			case RESIZE -> resize(requested, Objects.requireNonNull(this.partitions, "others are refused"));
			default -> throw new IllegalStateException("answered before: " + requested);
		}
	}

	private void resize(ChildRequest requested, PartitionsInUse inUse) {
		int wanted = requested.partitions();
		if (wanted < inUse.count()) {
			this.steps.stop(inUse.beyond(this.children, wanted));
			// nobody is sent there from now on
			inUse.count(wanted);
		}
		else {
			this.steps.start(inUse.missing(this.children, wanted));
		}
		begin(requested);
	}

	private static Child known(@Nullable Child child) {
		return Objects.requireNonNull(child, "requests about unknown children are refused");
	}

	private void terminate(ChildRequest requested, Child child) {
		if (child.isAlive()) {
			this.steps.stop(List.of(child));
			begin(requested);
			return;
		}
		if (child.retryPending) {
			endRetry(child);
		}
		reply(requested);
	}

	/**
	 * Give up a pending retry. Siblings that were waiting to be started with it stay
	 * down, too, as in OTP.
	 * @param child the child whose restart had failed
	 */
	private void endRetry(Child child) {
		keepStopped(child, ExitReason.shutdown());
		if (this.children.inOrder().stream().noneMatch((other) -> other.retryPending)) {
			for (Child other : this.children.inOrder()) {
				if (other.status == NodeStatus.RESTARTING) {
					keepStopped(other, ExitReason.shutdown());
				}
			}
		}
	}

	private void begin(ChildRequest requested) {
		this.task = Task.REQUEST;
		this.request = requested;
		advance();
	}

	private void shutdown(ExitReason reason) {
		if (this.task.ends()) {
			return;
		}
		cancelStart();
		this.task = Task.SHUTDOWN;
		this.exitReason = reason;
		this.steps.clear();
		Step waiting = this.steps.awaited();
		if (waiting != null && waiting.start()) {
			// it is stopped in its turn
			this.steps.done();
		}
		this.steps.stop(this.children.inReverseOrder());
		advance();
	}

	/**
	 * This supervisor ends: a request to start a child is refused, one to stop a child is
	 * answered when that child is down.
	 */
	private void cancelStart() {
		if (this.request != null && this.request.kind() != ChildRequest.Kind.TERMINATE) {
			refuse(this.request, Problem.START_CANCELLED);
			this.request = null;
		}
	}

	private void answerTerminate(Child down) {
		if (this.request != null && this.request.id().equals(down.id())) {
			reply(this.request);
			this.request = null;
		}
	}

	private void killAll() {
		if (this.task == Task.KILL || this.task == Task.ENDED) {
			return;
		}
		cancelStart();
		this.task = Task.KILL;
		this.exitReason = ExitReason.killed();
		this.steps.clear();
		List<SupervisorInput> pending = List.copyOf(this.deferred);
		this.deferred.clear();
		pending.forEach(this::awaitKilled);
		this.children.inReverseOrder().stream().filter(Child::isAlive).forEach(this::kill);
		endWhenAllDown();
	}

	private void awaitKilled(SupervisorInput input) {
		End end = endOf(input);
		if (end != null && isCurrent(end.child(), end.incarnation())) {
			end.child().status = NodeStatus.STOPPED;
			answerTerminate(end.child());
			endWhenAllDown();
		}
		else {
			refuseRequest(input);
		}
	}

	private void refuseRequest(SupervisorInput input) {
		if (input instanceof SupervisorInput.Request requested) {
			refuse(requested.request(), Problem.NO_PROCESS);
		}
	}

	private void endWhenAllDown() {
		if (this.task == Task.KILL && this.children.inOrder().stream().noneMatch(Child::isAlive)) {
			finish();
		}
	}

	/**
	 * Take steps until one has to be waited for, or the task is done.
	 */
	private void advance() {
		while (this.steps.hasNext()) {
			Step step = this.steps.next();
			Child child = step.child();
			if (step.start()) {
				this.steps.await(step);
				// children that lived under an earlier life of this supervisor are
				// restarted
				// with it
				start(child, this.task == Task.RESTART || (this.task == Task.STARTUP && child.incarnation > 0));
			}
			else if (child.isAlive()) {
				End end = absorbEnd(child);
				if (end != null) {
					stopped(child, end.reason());
				}
				else {
					this.steps.await(step);
					stop(child);
				}
			}
			else {
				child.retryPending = false;
			}
		}
		if (this.steps.awaited() == null) {
			finish();
		}
	}

	/**
	 * A child that is to be stopped may have ended by itself a moment ago. That end is
	 * then part of the stop, and neither counted nor answered with a restart.
	 * @param child the child
	 * @return its end, or {@code null} if it has not been reported
	 */
	private @Nullable End absorbEnd(Child child) {
		for (Iterator<SupervisorInput> inputs = this.deferred.iterator(); inputs.hasNext();) {
			End end = endOf(inputs.next());
			if (end != null && end.child() == child && end.incarnation() == child.incarnation) {
				inputs.remove();
				return end;
			}
		}
		return null;
	}

	private boolean completesStep(SupervisorInput input) {
		Step step = this.steps.awaited();
		if (step == null) {
			return false;
		}
		Child child = step.child();
		End end = endOf(input);
		if (end != null && end.child() == child && end.incarnation() == child.incarnation) {
			this.steps.done();
			if (!step.start()) {
				stopped(child, end.reason());
			}
			else if (input instanceof SupervisorInput.ChildIgnored) {
				settleIgnored(child);
			}
			else {
				startFailed(child, end);
			}
			advance();
			return true;
		}
		if (input instanceof SupervisorInput.ChildStarted started && started.child() == child
				&& started.incarnation() == child.incarnation) {
			if (step.start()) {
				this.steps.done();
				running(child);
				if (this.request != null && this.request.kind() != ChildRequest.Kind.RESIZE) {
					replyStarted(this.request, started);
					this.request = null;
				}
				advance();
			}
			return true;
		}
		return false;
	}

	private void settleIgnored(Child child) {
		if (this.task == Task.RESTART) {
			keepStopped(child, ExitReason.normal());
		}
		else {
			settle(child, ExitReason.normal());
		}
	}

	private void stopped(Child child, ExitReason reason) {
		switch (this.task) {
			case REQUEST -> settle(child, reason);
			case RESTART -> {
				if (child.spec.restart() == Restart.TEMPORARY) {
					forget(child, reason);
				}
				else {
					child.status = NodeStatus.RESTARTING;
				}
			}
			default -> {
				child.status = NodeStatus.STOPPED;
				answerTerminate(child);
			}
		}
	}

	private void startFailed(Child child, End end) {
		ChildRequest requested = this.request;
		if (this.task == Task.STARTUP) {
			this.task = Task.UNWIND;
			this.failure = end;
			child.status = NodeStatus.STOPPED;
			this.steps.clear();
			this.steps.stop(this.children.inReverseOrder());
		}
		else if (this.task == Task.RESTART) {
			this.steps.clear();
			child.status = NodeStatus.RESTARTING;
			child.retryPending = true;
			command(new SupervisorCommand.RetryLater(child));
		}
		else if (requested != null) {
			this.request = null;
			this.steps.clear();
			if (requested.kind() == ChildRequest.Kind.START) {
				forget(child, end.reason());
			}
			else {
				keepStopped(child, end.reason());
			}
			if (this.partitions != null && requested.kind() == ChildRequest.Kind.RESIZE) {
				this.partitions.count(Integer.parseInt(child.id()));
			}
			replyStartFailed(requested.about(child), end.reason());
		}
	}

	private void finish() {
		Task finished = this.task;
		this.task = Task.NONE;
		switch (finished) {
			case STARTUP -> command(new SupervisorCommand.Started());
			case REQUEST -> {
				if (this.request != null) {
					if (this.partitions != null && this.request.kind() == ChildRequest.Kind.RESIZE) {
						this.partitions.count(this.request.partitions());
					}
					reply(this.request);
					this.request = null;
				}
			}
			case UNWIND -> {
				End end = Objects.requireNonNull(this.failure, "a failed start has a failure");
				end(new SupervisorCommand.StartFailed(end.child(), end.reason()));
			}
			case SHUTDOWN, KILL -> end(new SupervisorCommand.Exit(this.exitReason));
			case NONE, RESTART, ENDED -> {
			}
		}
	}

	private void end(SupervisorCommand last) {
		this.task = Task.ENDED;
		this.deferred.forEach(this::refuseRequest);
		this.deferred.clear();
		this.children.unordered().forEach((child) -> child.status = NodeStatus.STOPPED);
		command(last);
	}

	/**
	 * What the current steps are for.
	 */
	private enum Task {

		NONE, STARTUP, UNWIND, REQUEST, RESTART, SHUTDOWN, KILL, ENDED;

		boolean ends() {
			return this == UNWIND || this == SHUTDOWN || this == KILL || this == ENDED;
		}

	}

}
