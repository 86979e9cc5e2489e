package io.switchboard.autoconfigure.operations;

import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.operations.AgentOperationException.Problem;
import io.switchboard.event.AgentEvent.Operated;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.NodeControl;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Does what an operator asks for, and writes down who did what to which node and what
 * came of it, as an {@link Operated} event.
 * <p>
 * Actuator uses it, and so can a page or a command line of yours. Who may do what is for
 * those to decide before they ask.
 *
 * @since 0.1.0
 */
public final class AgentOperations {

	/**
	 * How many of the latest things that an agent does a trace keeps.
	 */
	static final int TRACE_CAPACITY = 200;

	private static final String DONE = "done";

	private static final String NOT_AWAITED = "not-awaited";

	private final AgentSystem system;

	/**
	 * Operate a system.
	 * @param system the system
	 */
	public AgentOperations(AgentSystem system) {
		this.system = Objects.requireNonNull(system, "'system' must not be null");
	}

	/**
	 * Do something to a node. Nothing happens before subscription. Who does not wait for
	 * the end does not undo what has begun: it goes on, and is written down as
	 * {@code not-awaited}.
	 * @param path the node
	 * @param action what to do
	 * @param operator the name of who asks, or {@code null} if it is not known
	 * @return completes when it is done, which for an agent may be after the message in
	 * hand; fails with an {@link AgentOperationException}
	 */
	public Mono<Void> perform(AgentPath path, AgentAction action, @Nullable String operator) {
		Objects.requireNonNull(path, "'path' must not be null");
		Objects.requireNonNull(action, "'action' must not be null");
		NodeControl node = this.system.control(path);
		return Mono.usingWhen(Mono.just(node), (control) -> attempt(control, action),
				(control) -> control.report(action.id(), operator, DONE),
				(control, ex) -> control.report(action.id(), operator, outcome(ex)),
				(control) -> control.report(action.id(), operator, NOT_AWAITED));
	}

	/**
	 * What can be done to a node as it is now.
	 * @param path the node
	 * @return the actions, none if there is no such node
	 */
	public Set<AgentAction> possible(AgentPath path) {
		TreeNode node = this.system.node(path, TreeCut.NODE_ONLY);
		return (node != null) ? AgentAction.possibleFor(node) : Set.of();
	}

	private static String outcome(Throwable ex) {
		return (ex instanceof AgentOperationException refused) ? refused.problem().id() : Problem.FAILED.id();
	}

	private Mono<Void> attempt(NodeControl control, AgentAction action) {
		AgentPath path = control.path();
		TreeNode node = this.system.node(path, TreeCut.NODE_ONLY);
		if (node == null) {
			return refused(path, action, Problem.NOT_FOUND, "there is no such node");
		}
		if (!action.fits(node)) {
			return refused(path, action, Problem.NOT_APPLICABLE,
					path.isRoot() ? "it is the root of the tree" : "it is a " + node.type().id());
		}
		if (!AgentAction.possibleFor(node).contains(action)) {
			return refused(path, action, Problem.NOT_POSSIBLE, "it is " + node.status().id());
		}
		return run(control, action).onErrorMap(ChildOperationException.class, (ex) -> failed(path, action, ex));
	}

	private Mono<Void> run(NodeControl control, AgentAction action) {
		return switch (action) {
			case RESTART -> supervisor(control).bounceChild(control.path().name()).then();
			case STOP -> supervisor(control).terminateChild(control.path().name());
			case START -> supervisor(control).restartChild(control.path().name()).then();
			case SUSPEND -> control.suspend();
			case RESUME -> control.resume();
			case DRAIN -> control.drain();
			case KILL -> control.kill();
			case TRACE_ON -> control.trace(TRACE_CAPACITY);
			case TRACE_OFF -> control.stopTrace();
		};
	}

	private SupervisorRef supervisor(NodeControl control) {
		AgentPath parent = Objects.requireNonNull(control.path().parent(), "the root is refused before");
		return this.system.supervisor(parent);
	}

	private Mono<Void> refused(AgentPath path, AgentAction action, Problem problem, String detail) {
		return Mono.error(() -> new AgentOperationException(path, action, problem, detail, possible(path), null));
	}

	/**
	 * The node has moved since it was looked at, or did not do what it should.
	 */
	private AgentOperationException failed(AgentPath path, AgentAction action, ChildOperationException ex) {
		Problem problem = switch (ex.problem()) {
			case NOT_FOUND -> Problem.NOT_FOUND;
			case NOT_SUPPORTED, SIGNIFICANT, KIND_CHANGED -> Problem.NOT_APPLICABLE;
			case ALREADY_STARTED, ALREADY_PRESENT, RUNNING, RESTARTING, NO_PROCESS, NOT_RUNNING, MAX_CHILDREN,
					CALLED_BY_CHILD ->
				Problem.NOT_POSSIBLE;
			case START_FAILED, START_CANCELLED -> Problem.FAILED;
		};
		return new AgentOperationException(path, action, problem, "it " + detail(ex), possible(path), ex);
	}

	private static String detail(ChildOperationException ex) {
		return switch (ex.problem()) {
			case START_FAILED -> "did not start, see its crash reports";
			case START_CANCELLED -> "was stopped before it was up";
			case NO_PROCESS -> "has no supervisor that runs";
			case NOT_FOUND -> "is gone";
			case RESTARTING -> "is being restarted";
			case CALLED_BY_CHILD -> "waits for this itself";
			case NOT_RUNNING -> "has ended meanwhile";
			default -> "is not in a state for it";
		};
	}

}
