package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor has decided to do. The executor carries commands out in order and
 * decides nothing.
 */
sealed interface SupervisorCommand {

	/**
	 * Begin the child's next life, whose number is in the child.
	 */
	record Start(Child child) implements SupervisorCommand {
	}

	/**
	 * Ask the child to stop and see that it does, by its shutdown setting.
	 */
	record Stop(Child child) implements SupervisorCommand {
	}

	record Kill(Child child) implements SupervisorCommand {
	}

	/**
	 * The child is down and stays so: nobody waits in its mailbox any more.
	 */
	record Close(Child child, ExitReason reason) implements SupervisorCommand {
	}

	/**
	 * Put a note into the supervisor's own mailbox, behind all that waits there, at once
	 * or after a while.
	 *
	 * @param child the child to restart
	 * @param reason why it is down
	 * @param delay how long to wait
	 */
	record RetryLater(Child child, ExitReason reason, Duration delay) implements SupervisorCommand {
	}

	/**
	 * Nobody waits for the note of {@link RetryLater} any more.
	 */
	record CancelRetry(BackOff.Wait pending) implements SupervisorCommand {
	}

	/**
	 * Answer a request.
	 *
	 * @param request the request
	 * @param about the child that the answer is about, empty if it is about all
	 * @param problem what stood in the way, or {@code null} for success
	 * @param cause why a start failed
	 * @param value what was asked for, {@link Up} for a child that was started, or the
	 * specification of one whose start failed
	 */
	record Reply(ChildRequest request, String about, @Nullable Problem problem, @Nullable ExitReason cause,
			@Nullable Object value) implements SupervisorCommand {
	}

	/**
	 * A child that was started by hand is up.
	 *
	 * @param child the child
	 * @param incarnation the number of its life
	 * @param info what it has to say to whoever started it
	 */
	record Up(Child child, long incarnation, @Nullable Object info) {
	}

	record ReportBudgetSpent(Child child, ExitReason reason) implements SupervisorCommand {
	}

	/**
	 * A child stays down, as the budget is spent.
	 */
	record ReportPaused(Child child, ExitReason reason) implements SupervisorCommand {
	}

	/**
	 * The supervisor works by another specification from now on.
	 */
	record Reconfigured(ChildSpec spec) implements SupervisorCommand {
	}

	/**
	 * All children are up.
	 */
	record Started() implements SupervisorCommand {
	}

	/**
	 * One child did not come up; those that had are down again.
	 */
	record StartFailed(Child child, ExitReason reason) implements SupervisorCommand {
	}

	/**
	 * All children are down; this is the end of the supervisor.
	 */
	record Exit(ExitReason reason) implements SupervisorCommand {
	}

}
