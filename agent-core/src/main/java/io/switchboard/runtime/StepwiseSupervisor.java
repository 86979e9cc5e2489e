package io.switchboard.runtime;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.Steps.Step;
import io.switchboard.supervision.Restart;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor that does one thing after the other.
 * <p>
 * OTP's supervisor waits inside a start or stop of a child, while messages gather in its
 * mailbox. Here the waiting is a state: a task is a queue of steps, one child at a time,
 * and other inputs are deferred until the task has ended. Only stop and kill overtake.
 * <p>
 * A request whose caller is the child that is waited for would wait for itself, so it is
 * refused.
 */
abstract class StepwiseSupervisor extends SupervisorMachine {

	private final DeferredInputs deferred = new DeferredInputs();

	private final Steps steps = new Steps();

	private SupervisorTask task = SupervisorTask.NONE;

	/**
	 * The request that the current task serves.
	 */
	private @Nullable ChildRequest request;

	private @Nullable End failure;

	private ExitReason exitReason = ExitReason.shutdown();

	StepwiseSupervisor(DoubleSupplier random) {
		super(random);
	}

	/**
	 * Handle an input while nothing is under way.
	 * @param input the input
	 */
	protected abstract void dispatch(SupervisorInput input);

	/**
	 * A child was stopped by the current task.
	 * @param child the child
	 * @param during the task
	 * @param reason how it ended
	 */
	protected abstract void stopped(Child child, SupervisorTask during, ExitReason reason);

	/**
	 * A restart by the current task failed.
	 * @param child the child
	 * @param reason why
	 */
	protected abstract void restartFailed(Child child, ExitReason reason);

	/**
	 * All that a request asked for is done, and it is about to be answered.
	 * @param request the request
	 */
	protected abstract void served(ChildRequest request);

	/**
	 * What a request asked for could not be done to the end.
	 * @param request the request
	 * @param failed the child that did not start
	 */
	protected abstract void notServed(ChildRequest request, Child failed);

	/**
	 * Those who are to wait for a later attempt are down.
	 */
	protected abstract void groupIsDown();

	/**
	 * A restart, or the decision against one, is done with.
	 */
	protected abstract void groupIsSettled();

	@Override
	protected final void accept(SupervisorInput input) {
		if (input instanceof SupervisorInput.Stop stop) {
			shutdown(stop.reason());
		}
		else if (input instanceof SupervisorInput.Kill) {
			killAll();
		}
		else if (this.task == SupervisorTask.KILL) {
			awaitKilled(input);
		}
		else if (this.task == SupervisorTask.ENDED) {
			refuseRequest(input, Problem.NO_PROCESS);
		}
		else if (isCalledBy(this.steps.awaited(), input)) {
			refuseRequest(input, Problem.CALLED_BY_CHILD);
		}
		else if (!completesStep(input)) {
			this.deferred.add(input);
		}
		while (this.task == SupervisorTask.NONE && !this.deferred.isEmpty()) {
			dispatch(this.deferred.remove());
		}
	}

	// ---- tasks

	protected final void begin(SupervisorTask begun, List<Child> stop, List<Child> start) {
		this.task = begun;
		this.steps.stop(stop);
		this.steps.start(start);
		advance();
	}

	protected final void serve(ChildRequest served, List<Child> stop, List<Child> start) {
		this.request = served;
		begin(SupervisorTask.REQUEST, stop, start);
	}

	/**
	 * Do something else than what is still to come of the current task.
	 * @param other the new task
	 * @param stop whom to stop for it
	 */
	protected final void turnTo(SupervisorTask other, List<Child> stop) {
		this.task = other;
		this.steps.clear();
		this.steps.stop(stop);
	}

	protected final void shutdown(ExitReason reason) {
		if (this.task.ends()) {
			return;
		}
		cancelStart();
		this.exitReason = reason;
		Step waiting = this.steps.awaited();
		if (waiting != null && waiting.start()) {
			// it is stopped in its turn
			this.steps.done();
		}
		turnTo(SupervisorTask.SHUTDOWN, this.children.inReverseOrder());
		advance();
	}

	private void killAll() {
		if (this.task == SupervisorTask.KILL || this.task == SupervisorTask.ENDED) {
			return;
		}
		cancelStart();
		this.task = SupervisorTask.KILL;
		this.exitReason = ExitReason.killed();
		this.steps.clear();
		this.deferred.removeAll().forEach(this::awaitKilled);
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
			refuseRequest(input, Problem.NO_PROCESS);
		}
	}

	private void endWhenAllDown() {
		if (this.task == SupervisorTask.KILL && !this.children.isAnyAlive()) {
			finish();
		}
	}

	// ---- requests

	/**
	 * This supervisor ends: a request to start a child is refused, one to stop a child is
	 * answered when that child is down.
	 */
	private void cancelStart() {
		ChildRequest served = this.request;
		if (served != null && served.kind() != ChildRequest.Kind.TERMINATE) {
			refuse(served, Problem.START_CANCELLED);
			this.request = null;
		}
	}

	/**
	 * Whether a child that is stopped is to be started again by the same request.
	 * @param child the child
	 * @return {@code true} if the current task serves such a request
	 */
	protected final boolean isBounced(Child child) {
		ChildRequest served = this.request;
		return served != null && served.kind() == ChildRequest.Kind.BOUNCE && served.id().equals(child.id());
	}

	private void answerTerminate(Child down) {
		ChildRequest served = this.request;
		if (served != null && served.id().equals(down.id())) {
			reply(served);
			this.request = null;
		}
	}

	private void refuseRequest(SupervisorInput input, Problem problem) {
		if (input instanceof SupervisorInput.Request requested) {
			refuse(requested.request(), problem);
		}
	}

	private static boolean isCalledBy(@Nullable Step awaited, SupervisorInput input) {
		return awaited != null && input instanceof SupervisorInput.Request requested
				&& requested.request().isBy(awaited.child());
	}

	// ---- steps

	/**
	 * Take steps until one has to be waited for, or the task is done.
	 */
	private void advance() {
		while (this.steps.hasNext()) {
			Step step = this.steps.next();
			Child child = step.child();
			if (step.start()) {
				await(step);
				// children that lived under an earlier life of this supervisor are
				// restarted with it
				start(child, this.task == SupervisorTask.RESTART
						|| (this.task == SupervisorTask.STARTUP && child.incarnation > 0));
			}
			else if (child.isAlive()) {
				// it may have ended by itself a moment ago: that end is then part of the
				// stop, and neither counted nor answered with a restart
				End end = this.deferred.removeEnd(child);
				if (end != null) {
					down(child, end.reason());
				}
				else {
					await(step);
					stop(child);
				}
			}
			else {
				skip(child);
			}
		}
		if (this.steps.awaited() == null) {
			finish();
		}
	}

	/**
	 * Wait for the end of a step. Those who wait for an answer from here, and whom the
	 * step waits for, must not wait any longer.
	 * @param step the step
	 */
	private void await(Step step) {
		this.steps.await(step);
		this.deferred.removeRequestsBy(step.child()).forEach((caller) -> refuse(caller, Problem.CALLED_BY_CHILD));
	}

	/**
	 * A child that is to be stopped is down already. A temporary one can be known and
	 * down after a live change.
	 * @param child the child
	 */
	private void skip(Child child) {
		endRetry(child);
		boolean forgotten = this.task.restartsGroup() && child.spec.restart() == Restart.TEMPORARY;
		boolean givenUp = child.status == NodeStatus.RESTARTING
				&& (this.task == SupervisorTask.PAUSE || this.task == SupervisorTask.REQUEST);
		if (forgotten || givenUp) {
			down(child, ExitReason.shutdown());
		}
	}

	private void down(Child child, ExitReason reason) {
		switch (this.task) {
			case STARTUP, UNWIND, SHUTDOWN -> {
				child.status = NodeStatus.STOPPED;
				answerTerminate(child);
			}
			default -> stopped(child, this.task, reason);
		}
	}

	private boolean completesStep(SupervisorInput input) {
		Step step = this.steps.awaited();
		if (step == null) {
			return false;
		}
		Child child = step.child();
		End end = endOf(input);
		if (end != null && end.isOf(child)) {
			this.steps.done();
			if (!step.start()) {
				down(child, end.reason());
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
				replyStarted(started);
				advance();
			}
			return true;
		}
		return false;
	}

	private void replyStarted(SupervisorInput.ChildStarted started) {
		ChildRequest served = this.request;
		if (served != null && served.kind() != ChildRequest.Kind.RESIZE) {
			replyStarted(served, started);
			this.request = null;
		}
	}

	private void settleIgnored(Child child) {
		ChildRequest served = this.request;
		boolean byHand = served != null
				&& (served.kind() == ChildRequest.Kind.RESTART || served.kind() == ChildRequest.Kind.BOUNCE);
		if (this.task == SupervisorTask.RESTART || byHand) {
			keepStopped(child, ExitReason.normal());
		}
		else {
			settle(child, ExitReason.normal());
		}
	}

	private void startFailed(Child child, End end) {
		ChildRequest served = this.request;
		if (this.task == SupervisorTask.STARTUP) {
			this.failure = end;
			child.status = NodeStatus.STOPPED;
			turnTo(SupervisorTask.UNWIND, this.children.inReverseOrder());
		}
		else if (this.task == SupervisorTask.RESTART) {
			this.steps.clear();
			restartFailed(child, end.reason());
		}
		else if (served != null) {
			this.request = null;
			if (served.kind() == ChildRequest.Kind.START) {
				forget(child, end.reason());
			}
			else {
				restartByHandFailed(child, end.reason());
			}
			this.steps.clear();
			notServed(served, child);
			replyStartFailed(served.about(child), child, end.reason());
		}
	}

	/**
	 * A child that was down stays down, as its start failed.
	 * @param child the child
	 * @param reason why it failed
	 */
	protected void restartByHandFailed(Child child, ExitReason reason) {
		keepStopped(child, reason);
	}

	private void finish() {
		SupervisorTask finished = this.task;
		this.task = SupervisorTask.NONE;
		switch (finished) {
			case STARTUP -> command(new SupervisorCommand.Started());
			case REQUEST -> {
				ChildRequest served = this.request;
				if (served != null) {
					served(served);
					reply(served);
					this.request = null;
				}
			}
			case UNWIND -> {
				End end = Objects.requireNonNull(this.failure, "a failed start has a failure");
				end(new SupervisorCommand.StartFailed(end.child(), end.reason()));
			}
			case WAIT -> groupIsDown();
			case SHUTDOWN, KILL -> end(new SupervisorCommand.Exit(this.exitReason));
			case RESTART, PAUSE -> groupIsSettled();
			case NONE, ENDED -> {
			}
		}
	}

	private void end(SupervisorCommand last) {
		this.task = SupervisorTask.ENDED;
		this.deferred.removeAll().forEach((input) -> refuseRequest(input, Problem.NO_PROCESS));
		for (Child child : this.children.unordered()) {
			endRetry(child);
			child.status = NodeStatus.STOPPED;
		}
		command(last);
	}

}
