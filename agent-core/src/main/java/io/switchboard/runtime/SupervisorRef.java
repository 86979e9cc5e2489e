package io.switchboard.runtime;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.ChildCounts;
import io.switchboard.tree.ChildInfo;
import reactor.core.publisher.Mono;

/**
 * The handle to manage a supervisor's children with.
 * <p>
 * All calls are lazy: nothing happens before subscription. They go through the
 * supervisor's own mailbox, so they are answered in the order of their subscriptions,
 * questions included. A static supervisor answers between two steps: while it waits for a
 * child to start or to stop, calls wait, too.
 * <p>
 * They fail with a {@link ChildOperationException} whose
 * {@link ChildOperationException#problem() problem} is OTP's answer. Where OTP would wait
 * for ever, they fail at once: a call from within the start or stop of the child that the
 * supervisor is waiting for, or from below that child. Such a caller is known by the
 * Reactor context of the publisher that its behaviour returns, and for agents specified
 * as blocking also by the thread of its method; a call on a thread of your own is not
 * recognised.
 *
 * @since 0.1.0
 */
public interface SupervisorRef {

	/**
	 * Where the supervisor lives.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * Add a child behind the others and start it.
	 * @param child the child's specification
	 * @return the child once it is up; empty if its start declined
	 */
	Mono<StartedChild> startChild(ChildSpec child);

	/**
	 * Stop a child. A static supervisor keeps its specification, unless it is temporary;
	 * a dynamic one forgets it. A restart that is still tried is given up.
	 * @param id the child's name
	 * @return completes when it is down; also if it was down already
	 */
	Mono<Void> terminateChild(String id);

	/**
	 * Stop a child that is known by its path, see {@link #terminateChild(String)}.
	 * @param child the child's path; one that is not directly below this supervisor is
	 * {@link ChildOperationException.Problem#NOT_FOUND}, and nothing happens to it
	 * @return completes when it is down; also if it was down already
	 */
	Mono<Void> terminateChild(AgentPath child);

	/**
	 * Start a stopped child of a static supervisor again, at its old place in the order.
	 * This does not bounce a running one. Below a dynamic supervisor only a child that is
	 * paused, because the budget was spent or because it did not start again by hand, can
	 * be restarted. The budget of a paused child begins anew.
	 * @param id the child's name
	 * @return the child once it is up; empty if its start declined
	 */
	Mono<StartedChild> restartChild(String id);

	/**
	 * Stop a running child and start it again, or start a stopped one as
	 * {@link #restartChild} does. To the child it is {@link #terminateChild} and
	 * {@link #restartChild} in one step: no crash, and no cost to the budget. What waits
	 * in its mailbox waits on, and a child of a dynamic supervisor is kept. Siblings are
	 * not touched, whatever the strategy.
	 * <p>
	 * A child that does not start again stays down until somebody starts it by hand, and
	 * what waited in its mailbox is lost. Below a dynamic supervisor it is paused, and
	 * one whose start declines is forgotten.
	 * @param id the child's name
	 * @return the child once it is up again; empty if its start declined
	 */
	Mono<StartedChild> bounceChild(String id);

	/**
	 * Forget a stopped child of a static supervisor.
	 * @param id the child's name
	 * @return completes when it is forgotten
	 */
	Mono<Void> deleteChild(String id);

	/**
	 * List the children, stopped and restarting ones included.
	 * @return the children in start order, which for those of a dynamic supervisor is the
	 * order in which they were added
	 */
	Mono<List<ChildInfo>> children();

	/**
	 * Look one child up.
	 * @param id the child's name
	 * @return the child as it would be listed
	 */
	Mono<ChildInfo> child(String id);

	/**
	 * Count the children.
	 * @return the counts; a dynamic supervisor has as many specifications as children
	 */
	Mono<ChildCounts> counts();

	/**
	 * Ask for a child's specification.
	 * @param id the child's name
	 * @return the specification with all defaults filled in
	 */
	Mono<ChildSpec> spec(String id);

	/**
	 * Change a running static supervisor, by the rules of OTP's {@code code_change}.
	 * <p>
	 * Strategy, budget (what was counted still counts), auto-shutdown and the extensions
	 * hold at once. A child of a known id gets its new specification: restart type,
	 * significance and shutdown time hold from its next end or stop, the rest from its
	 * next start; until then it runs undisturbed. A child of a new id is added and not
	 * started: {@link #restartChild} starts it. Children that are left out stay, also
	 * those added by hand, and come behind the others in the start order. Whether an
	 * agent becomes a supervisor, or the other way round, cannot change.
	 * <p>
	 * The change is kept over restarts of this supervisor, which then has the children of
	 * the new specification only, until the supervisor above it is given another
	 * specification for it. How this supervisor itself is restarted and stopped is the
	 * business of the one above and stays.
	 * @param spec the new specification; its id must be the old one
	 * @return completes when the change is in force; where it fails, all is as before
	 */
	Mono<Void> reconfigure(SupervisorSpec spec);

	/**
	 * Change a running dynamic supervisor. Budget, limit of children and the extensions
	 * hold at once; children beyond a lowered limit stay. A new template specifies the
	 * children it makes, and those that the old one had made at their next restart or
	 * stop. A template can neither be added nor taken away.
	 * @param spec the new specification; its id must be the old one
	 * @return completes when the change is in force; where it fails, all is as before
	 */
	Mono<Void> reconfigure(DynamicSupervisorSpec spec);

}
