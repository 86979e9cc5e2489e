package io.switchboard.runtime;

import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.AutoShutdown;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a static supervisor refuses, by OTP's table.
 */
final class ChildRules {

	private ChildRules() {
	}

	/**
	 * Look a request up in the table.
	 * @param request the request
	 * @param child the child of that name, if there is one
	 * @param autoShutdown the supervisor's setting
	 * @return what stands in the way, or {@code null} if nothing does
	 */
	static @Nullable Problem refusal(ChildRequest request, @Nullable Child child, AutoShutdown autoShutdown) {
		return switch (request.kind()) {
			case START -> (child != null) ? present(child) : significance(request, autoShutdown);
			case TERMINATE -> (child != null) ? ownStop(request, child) : Problem.NOT_FOUND;
			case BOUNCE -> (child != null) ? bounce(request, child) : Problem.NOT_FOUND;
			case RESTART, DELETE -> (child != null) ? notStopped(child) : Problem.NOT_FOUND;
			case RESIZE -> Problem.NOT_SUPPORTED;
			case LIST, LOOK_UP, COUNT, SPEC, RECONFIGURE -> null;
		};
	}

	/**
	 * Look a request to a partition supervisor up: its children are what they are, and
	 * only their number changes.
	 * @param request the request
	 * @param child the child of that name, if there is one
	 * @return what stands in the way, or {@code null} if nothing does
	 */
	static @Nullable Problem refusalOfPartitions(ChildRequest request, @Nullable Child child) {
		return switch (request.kind()) {
			case START, DELETE -> Problem.NOT_SUPPORTED;
			case TERMINATE, RESTART, BOUNCE -> refusal(request, child, AutoShutdown.NEVER);
			case RECONFIGURE -> Problem.KIND_CHANGED;
			case RESIZE, LIST, LOOK_UP, COUNT, SPEC -> null;
		};
	}

	private static Problem present(Child child) {
		return child.isAlive() ? Problem.ALREADY_STARTED : Problem.ALREADY_PRESENT;
	}

	/**
	 * A child that waits for its own stop would not stop.
	 * @param request the request to stop a child
	 * @param child the child
	 * @return what stands in the way, or {@code null} if nothing does
	 */
	static @Nullable Problem ownStop(ChildRequest request, Child child) {
		return (child.isAlive() && request.isBy(child)) ? Problem.CALLED_BY_CHILD : null;
	}

	/**
	 * A child whose restart is pending is in its supervisor's hands.
	 * @param request the request to stop and start a child
	 * @param child the child
	 * @return what stands in the way, or {@code null} if nothing does
	 */
	static @Nullable Problem bounce(ChildRequest request, Child child) {
		return child.isRetryPending() ? Problem.RESTARTING : ownStop(request, child);
	}

	private static @Nullable Problem significance(ChildRequest request, AutoShutdown autoShutdown) {
		boolean significant = request.spec() != null && request.spec().significant();
		return (significant && autoShutdown == AutoShutdown.NEVER) ? Problem.SIGNIFICANT : null;
	}

	/**
	 * Only the child whose own start failed counts as restarting. Siblings that are down
	 * until it succeeds are stopped, as in OTP.
	 */
	private static @Nullable Problem notStopped(Child child) {
		if (child.isRetryPending()) {
			return Problem.RESTARTING;
		}
		return child.isAlive() ? Problem.RUNNING : null;
	}

}
