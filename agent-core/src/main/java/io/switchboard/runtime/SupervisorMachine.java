package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a supervisor as a state machine: an input and the time in, commands out.
 * It has no clock, no threads and no effects of its own, and one input is handled at a
 * time, so the same inputs always give the same commands.
 */
abstract class SupervisorMachine {

	final Children children = new Children();

	private final DoubleSupplier random;

	private long now;

	private List<SupervisorCommand> commands = List.of();

	SupervisorMachine(DoubleSupplier random) {
		this.random = random;
	}

	/**
	 * Handle one input.
	 * @param input what happened
	 * @param now the runtime's clock, in nanoseconds
	 * @return what to do, in order
	 */
	final List<SupervisorCommand> handle(SupervisorInput input, long now) {
		this.now = now;
		accept(input);
		List<SupervisorCommand> result = this.commands;
		this.commands = List.of();
		return result;
	}

	protected abstract void accept(SupervisorInput input);

	protected final long now() {
		return this.now;
	}

	/**
	 * How many restarts count against the budget; may be called from any thread.
	 * @param now the runtime's clock, in nanoseconds
	 * @return the count
	 */
	abstract int restartsInWindow(long now);

	/**
	 * How many restarts count against the budget that a child draws on; may be called
	 * from any thread.
	 * @param child the child
	 * @param now the runtime's clock, in nanoseconds
	 * @return the count
	 */
	int restartsInWindow(Child child, long now) {
		return restartsInWindow(now);
	}

	protected final void command(SupervisorCommand command) {
		if (this.commands.isEmpty()) {
			this.commands = new ArrayList<>(2);
		}
		this.commands.add(command);
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // only the supervisor itself writes
	protected final void start(Child child, boolean automatic) {
		endRetry(child);
		ChildHistory history = automatic ? child.history() : child.known();
		if (history != null) {
			history.backOff = automatic ? history.backOff : null;
			history.paused = false;
			history.automatic = automatic;
		}
		child.incarnation++;
		child.status = NodeStatus.STARTING;
		command(new SupervisorCommand.Start(child));
	}

	protected final void stop(Child child) {
		child.status = NodeStatus.STOPPING;
		command(new SupervisorCommand.Stop(child));
	}

	protected final void kill(Child child) {
		child.status = NodeStatus.STOPPING;
		command(new SupervisorCommand.Kill(child));
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // only the supervisor itself writes
	protected final void running(Child child) {
		child.status = NodeStatus.RUNNING;
		ChildHistory history = child.known();
		if (history == null) {
			return;
		}
		BackOff backOff = history.backOff;
		if (backOff != null) {
			backOff.up(this.now);
		}
		if (history.automatic) {
			history.automatic = false;
			history.restarts++;
			history.restartUnannounced = true;
		}
	}

	/**
	 * Leave a child down, and forget it if it is temporary.
	 * @param child the child
	 * @param reason why it is down
	 */
	protected final void settle(Child child, ExitReason reason) {
		if (child.spec.restart() == Restart.TEMPORARY) {
			forget(child, reason);
		}
		else {
			keepStopped(child, reason);
		}
	}

	protected final void keepStopped(Child child, ExitReason reason) {
		endRetry(child);
		child.status = NodeStatus.STOPPED;
		command(new SupervisorCommand.Close(child, reason));
	}

	protected void forget(Child child, ExitReason reason) {
		this.children.remove(child);
		keepStopped(child, reason);
	}

	/**
	 * Leave a child down that would have been restarted if the budget were not spent, or
	 * that was to be restarted by hand and did not start.
	 * @param child the child
	 * @param reason why it is down
	 */
	protected final void pause(Child child, ExitReason reason) {
		keepStopped(child, reason);
		child.history().paused = true;
		command(new SupervisorCommand.ReportPaused(child, reason));
	}

	/**
	 * Restart a child after what waits in the mailbox, or after a while.
	 * @param child the child
	 * @param setting how to wait, or {@code null} for not at all
	 * @param reason why it is down
	 */
	protected final void retryLater(Child child, @Nullable RestartBackoff setting, ExitReason reason) {
		child.status = NodeStatus.RESTARTING;
		ChildHistory history = child.history();
		history.retryPending = true;
		Duration delay = Duration.ZERO;
		if (setting != null) {
			BackOff backOff = (history.backOff != null) ? history.backOff : new BackOff();
			history.backOff = backOff;
			delay = backOff.next(setting, reason, this.random.getAsDouble());
		}
		command(new SupervisorCommand.RetryLater(child, reason, delay));
	}

	/**
	 * Note how long a child was up, as a long life lets its waits begin anew.
	 * @param child the child, which is down now
	 * @param setting how to wait, or {@code null} for not at all
	 */
	protected final void noteDown(Child child, @Nullable RestartBackoff setting) {
		BackOff backOff = child.backOff();
		if (backOff != null) {
			backOff.down(setting, this.now);
		}
	}

	protected final boolean isDue(SupervisorInput.Retry retry) {
		return retry.child().isRetryPending() && retry.child().incarnation == retry.incarnation();
	}

	protected final ExitReason reasonToRetry(Child child) {
		BackOff backOff = child.backOff();
		return (backOff != null) ? backOff.reason : ExitReason.shutdown("its restart failed");
	}

	protected final void endRetry(Child child) {
		ChildHistory history = child.known();
		if (history == null) {
			return;
		}
		history.retryPending = false;
		BackOff backOff = history.backOff;
		BackOff.Wait wait = (backOff != null) ? backOff.wait : null;
		if (backOff != null && wait != null) {
			backOff.wait = null;
			command(new SupervisorCommand.CancelRetry(wait));
		}
	}

	protected final void reply(ChildRequest request) {
		reply(request, null);
	}

	private void reply(ChildRequest request, @Nullable Object value) {
		command(new SupervisorCommand.Reply(request, request.id(), null, null, value));
	}

	protected final void replyStarted(ChildRequest request, SupervisorInput.ChildStarted started) {
		reply(request, new SupervisorCommand.Up(started.child(), started.incarnation(), started.info()));
	}

	protected final void refuse(ChildRequest request, Problem problem) {
		refuse(request, request.id(), problem);
	}

	protected final void refuse(ChildRequest request, String about, Problem problem) {
		command(new SupervisorCommand.Reply(request, about, problem, null, null));
	}

	protected final void replyStartFailed(ChildRequest request, Child child, ExitReason reason) {
		command(new SupervisorCommand.Reply(request, request.id(), Problem.START_FAILED, reason, child.spec));
	}

	/**
	 * Answer a request that only wants to know something.
	 * @param request the request
	 * @return {@code false} if it wants something done
	 */
	protected final boolean answer(ChildRequest request) {
		switch (request.kind()) {
			case LIST -> reply(request, ChildQueries.list(this.children));
			case COUNT -> reply(request, ChildQueries.count(this.children));
			case LOOK_UP -> {
				Child child = this.children.find(request.id());
				answer(request, (child != null) ? ChildQueries.describe(child) : null);
			}
			case SPEC -> {
				Child child = this.children.find(request.id());
				answer(request, (child != null) ? child.spec : null);
			}
			case START, TERMINATE, RESTART, BOUNCE, DELETE, RESIZE, RECONFIGURE -> {
				return false;
			}
		}
		return true;
	}

	private void answer(ChildRequest request, @Nullable Object value) {
		if (value != null) {
			reply(request, value);
		}
		else {
			refuse(request, Problem.NOT_FOUND);
		}
	}

	protected final boolean isCurrent(Child child, long incarnation) {
		return child.incarnation == incarnation && child.isAlive() && this.children.find(child.id()) == child;
	}

	/**
	 * Read a report of the end of an incarnation, whatever kind it is.
	 * @param input the input
	 * @return the end, or {@code null} if it is no such report
	 */
	static @Nullable End endOf(SupervisorInput input) {
		if (input instanceof SupervisorInput.ChildExited exited) {
			return new End(exited.child(), exited.incarnation(), exited.reason());
		}
		if (input instanceof SupervisorInput.ChildStartFailed failed) {
			return new End(failed.child(), failed.incarnation(), failed.reason());
		}
		if (input instanceof SupervisorInput.ChildIgnored ignored) {
			return new End(ignored.child(), ignored.incarnation(), ExitReason.normal());
		}
		return null;
	}

	/**
	 * The end of an incarnation.
	 *
	 * @param child the child
	 * @param incarnation the life that ended
	 * @param reason why it ended
	 */
	record End(Child child, long incarnation, ExitReason reason) {

		boolean isOf(Child other) {
			return this.child == other && this.incarnation == other.incarnation;
		}

	}

}
