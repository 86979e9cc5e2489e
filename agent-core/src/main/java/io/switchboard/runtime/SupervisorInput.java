package io.switchboard.runtime;

import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor can learn. Every incarnation of a child is reported as
 * {@link ChildStarted} at most once, and then, or instead, exactly once as
 * {@link ChildIgnored}, {@link ChildStartFailed} or {@link ChildExited}.
 */
sealed interface SupervisorInput {

	/**
	 * Start all children of the specification.
	 */
	record Startup() implements SupervisorInput {
	}

	/**
	 * A start succeeded.
	 *
	 * @param child the child
	 * @param incarnation the number of its life
	 * @param info what it has to say to whoever started it
	 */
	record ChildStarted(Child child, long incarnation, @Nullable Object info) implements SupervisorInput {
	}

	record ChildIgnored(Child child, long incarnation) implements SupervisorInput {
	}

	record ChildStartFailed(Child child, long incarnation, ExitReason reason,
			CrashEvidence evidence) implements SupervisorInput {

		ChildStartFailed(Child child, long incarnation, ExitReason reason) {
			this(child, incarnation, reason, CrashEvidence.NONE);
		}

	}

	record ChildExited(Child child, long incarnation, ExitReason reason,
			CrashEvidence evidence) implements SupervisorInput {

		ChildExited(Child child, long incarnation, ExitReason reason) {
			this(child, incarnation, reason, CrashEvidence.NONE);
		}

	}

	/**
	 * The supervisor's note to itself to try a restart, or to try it again.
	 *
	 * @param child the child
	 * @param incarnation the life of the child when the note was written
	 */
	record Retry(Child child, long incarnation) implements SupervisorInput {
	}

	/**
	 * A sender found no child of that name and made one from the template.
	 */
	record ChildWanted(Child child) implements SupervisorInput {
	}

	record Request(ChildRequest request) implements SupervisorInput {
	}

	/**
	 * Stop all children, then end.
	 */
	record Stop(ExitReason reason) implements SupervisorInput {
	}

	/**
	 * Take all children down at once, then end.
	 */
	record Kill() implements SupervisorInput {
	}

}
