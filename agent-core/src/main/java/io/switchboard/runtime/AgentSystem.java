package io.switchboard.runtime;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import io.switchboard.event.AgentEvent;
import io.switchboard.registry.AgentRegistry;
import io.switchboard.report.CrashReport;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.AgentTree;
import io.switchboard.tree.MailboxTotals;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A running supervision tree and the way into it.
 * <p>
 * In a Spring application it is a bean, already started; inject it and
 * {@linkplain #agent(String, Class) address an agent}. Elsewhere, make one with
 * {@link #builder(SupervisorSpec)} and {@linkplain #start() start} it.
 *
 * @since 0.1.0
 */
public interface AgentSystem {

	/**
	 * Begin to set up a system.
	 * @param root the root supervisor and with it the whole tree; its id is not part of
	 * any path
	 * @return a builder
	 */
	static AgentSystemBuilder builder(SupervisorSpec root) {
		return new AgentSystemBuilder(root);
	}

	/**
	 * Start the tree, child by child in order. If one child fails, those already started
	 * are stopped again in reverse order.
	 * @return completes when all children are up; fails with a
	 * {@link SupervisorStartException} that names the path that failed
	 */
	Mono<Void> start();

	/**
	 * Stop the tree in reverse order, each child within its shutdown time, and give back
	 * all threads. A second call waits for the first.
	 * @return completes when all is down; never fails
	 */
	Mono<Void> stop();

	/**
	 * Wait for the end of the root supervisor, for whatever reason.
	 * @return the reason, at once if it has ended already
	 */
	Mono<ExitReason> whenTerminated();

	/**
	 * Wait for the end of the life that is at a path now, an agent's or a supervisor's,
	 * also of one that is just starting. A restart ends it: subscribe again to wait for
	 * the end of the next life. For application code; an agent has
	 * {@link io.switchboard.AgentContext#monitor}.
	 * @param node the path to look at, on subscription
	 * @return how it ended; at once, with {@link ExitReason#noProcess()}, if nothing
	 * lives there. Never fails, and a subscriber that cancels leaves nothing behind
	 */
	Mono<Terminated> whenTerminated(AgentPath node);

	/**
	 * Address an agent.
	 * @param path its path
	 * @param messageType the type of message to send
	 * @param <M> the type of message to send
	 * @return the reference, also if nothing lives there now
	 */
	<M> AgentRef<M> agent(AgentPath path, Class<M> messageType);

	/**
	 * Address an agent.
	 * @param path its path, such as {@code /desk/pricing}
	 * @param messageType the type of message to send
	 * @param <M> the type of message to send
	 * @return the reference, also if nothing lives there now
	 */
	default <M> AgentRef<M> agent(String path, Class<M> messageType) {
		return agent(AgentPath.of(path), messageType);
	}

	/**
	 * Address a supervisor, to manage its children.
	 * @param path its path
	 * @return the reference, also if nothing lives there now
	 */
	SupervisorRef supervisor(AgentPath path);

	/**
	 * Run pieces of work as children of a dynamic supervisor that is there for them.
	 * @param supervisor the supervisor's path
	 * @return the tasks, also if nothing lives there now
	 */
	TaskSupervisorRef tasks(AgentPath supervisor);

	/**
	 * Find the partitions of a partition supervisor, by key.
	 * @param path the supervisor's path
	 * @return the partitions, also if nothing lives there now
	 */
	Partitions partitions(AgentPath path);

	/**
	 * Address a node, to operate on it.
	 * @param path its path
	 * @return the operator's hands on it, also if nothing lives there now
	 */
	NodeControl control(AgentPath path);

	/**
	 * What is at a path now, without taking a snapshot of the tree.
	 * @param path the path
	 * @return the type of node, or {@code null} if there is none
	 */
	@Nullable NodeType typeOf(AgentPath path);

	/**
	 * Take a snapshot of one node and what is below it, which costs less than one of the
	 * whole tree.
	 * @param path the node's path
	 * @return the node as it is now, or {@code null} if there is none
	 */
	@Nullable TreeNode node(AgentPath path);

	/**
	 * Take a snapshot of one node and some of what is below it. Of a child that is not
	 * shown no more than its place in the start order is read, and not even that where no
	 * children are shown.
	 * @param path the node's path
	 * @param cut how much to show
	 * @return the node as it is now, or {@code null} if there is none
	 */
	@Nullable TreeNode node(AgentPath path, TreeCut cut);

	/**
	 * Add up what waits in front of the agents at a path and below it, which costs much
	 * less than a snapshot of them.
	 * @param path the path of an agent or a supervisor
	 * @return the totals, of no agents if nothing lives there
	 */
	MailboxTotals mailboxes(AgentPath path);

	/**
	 * What was written on the latest crashes of a node: its own, and for a supervisor
	 * also those of children that it has forgotten, and budgets it has spent. They stay
	 * over restarts, and are kept a while after the node is gone.
	 * @param path the node's path
	 * @return the reports, newest first; empty if there are none, or none are kept
	 * @see AgentSystemBuilder#crashReportsPerNode
	 */
	List<CrashReport> crashReports(AgentPath path);

	/**
	 * The names, groups and topics of this system.
	 * @return the registry
	 */
	AgentRegistry registry();

	/**
	 * What the threads of this system are about.
	 * @return the numbers as they are now
	 */
	WorkerStatistics workerStatistics();

	/**
	 * Take a snapshot of the whole tree.
	 * @return the tree as it is now
	 */
	AgentTree tree();

	/**
	 * Follow what happens from now on. A subscriber that does not keep up loses events
	 * rather than slowing the agents; use an {@link AgentSystemBuilder#listener listener}
	 * where every event counts.
	 * @return the events, never ending before the system does
	 */
	Flux<AgentEvent> events();

}
