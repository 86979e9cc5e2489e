package io.switchboard.runtime;

import io.switchboard.AgentException;
import io.switchboard.AgentPath;
import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor refused to do something with a child, or could not.
 *
 * @since 0.1.0
 */
public final class ChildOperationException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath child;

	private final Problem problem;

	private final transient @Nullable ChildSpec spec;

	ChildOperationException(AgentPath child, Problem problem) {
		this(child, problem, null);
	}

	ChildOperationException(AgentPath child, Problem problem, @Nullable Throwable cause) {
		this("Child '%s': %s".formatted(child, problem.message), child, problem, null, cause);
	}

	private ChildOperationException(String message, AgentPath child, Problem problem, @Nullable ChildSpec spec,
			@Nullable Throwable cause) {
		super(message, cause);
		this.child = child;
		this.problem = problem;
		this.spec = spec;
	}

	/**
	 * Report a start by hand that failed.
	 * @param child the child
	 * @param spec what it was to be
	 * @param cause why it failed
	 * @return the exception
	 */
	static ChildOperationException startFailed(AgentPath child, ChildSpec spec, @Nullable Throwable cause) {
		return new ChildOperationException("Child '%s': %s".formatted(child, Problem.START_FAILED.message), child,
				Problem.START_FAILED, spec, cause);
	}

	/**
	 * Report what stood in the way of a request to a supervisor.
	 * @param supervisor the supervisor
	 * @param id the child it was about, empty if it was about all
	 * @param problem what stood in the way
	 * @param cause why a start failed
	 * @return the exception
	 */
	static ChildOperationException below(AgentPath supervisor, String id, Problem problem, @Nullable Throwable cause) {
		return id.isEmpty()
				? new ChildOperationException("The children of '%s': %s".formatted(supervisor, problem.message),
						supervisor, problem, null, cause)
				: new ChildOperationException(supervisor.child(id), problem, cause);
	}

	/**
	 * The child it was about.
	 * @return the child's path; the supervisor's own if it was about all children
	 */
	public AgentPath child() {
		return this.child;
	}

	/**
	 * What stood in the way.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

	/**
	 * What the child was to be whose start failed.
	 * @return the specification, or {@code null} if the problem is not
	 * {@link Problem#START_FAILED}
	 */
	public @Nullable ChildSpec spec() {
		return this.spec;
	}

	/**
	 * What can stand in the way, in OTP's terms.
	 */
	public enum Problem {

		/**
		 * A child of that id runs already.
		 */
		ALREADY_STARTED("is running already; stop it first, or choose another id"),

		/**
		 * A child of that id is known, but stopped or restarting.
		 */
		ALREADY_PRESENT("is known already and is stopped or restarting; restart or delete it instead"),

		/**
		 * The child runs, so it cannot be restarted or deleted.
		 */
		RUNNING("is running; terminate it first"),

		/**
		 * The child is being restarted, so it cannot be restarted or deleted.
		 */
		RESTARTING("is being restarted; terminate it first to end that"),

		/**
		 * The supervisor has no such child.
		 */
		NOT_FOUND("is not known to its supervisor"),

		/**
		 * There is no such supervisor, or it is not running.
		 */
		NO_PROCESS("cannot be managed, the supervisor is not running"),

		/**
		 * Nothing runs at that path.
		 */
		NOT_RUNNING("is not running"),

		/**
		 * A dynamic supervisor has as many children as it may have.
		 */
		MAX_CHILDREN("cannot be started: its supervisor has as many children as it may have"),

		/**
		 * Dynamic supervisors take agents only and know neither restart nor delete.
		 * Partition supervisors know neither start nor delete.
		 */
		NOT_SUPPORTED("cannot be managed in this way below a supervisor of that type"),

		/**
		 * The child is significant, but its supervisor never ends with its children, or
		 * is dynamic.
		 */
		SIGNIFICANT("is significant, which means nothing to a supervisor whose auto-shutdown is NEVER"),

		/**
		 * The call came from the very child whose start or stop the supervisor waits for,
		 * or from below it, and that one waits for the call. Both would wait for ever.
		 */
		CALLED_BY_CHILD("cannot be managed from here: the supervisor waits for the start or stop of a child "
				+ "which itself waits for this call; make the call later, or do not wait for it there"),

		/**
		 * A live change cannot make another type of node of something that is known.
		 */
		KIND_CHANGED("cannot become another type of node, nor get or lose a template; delete it and start a new one"),

		/**
		 * The start failed; the cause says why.
		 */
		START_FAILED("did not start"),

		/**
		 * The child was stopped while it was starting.
		 */
		START_CANCELLED("was stopped before it was up");

		private final String message;

		Problem(String message) {
			this.message = message;
		}

	}

}
