package io.switchboard.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;
import java.util.function.Supplier;

import io.switchboard.AgentPath;
import io.switchboard.registry.Directory;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor knows of one child. Written by the supervisor alone, read by
 * snapshots from any thread.
 */
final class Child implements Directory.Entry {

	private static final AtomicReferenceFieldUpdater<Child, @Nullable Cell> CELL = AtomicReferenceFieldUpdater
		.newUpdater(Child.class, Cell.class, "cell");

	/**
	 * Its specification, replaced by a live change.
	 */
	volatile ChildSpec spec;

	/**
	 * The child's place in the start order.
	 */
	volatile long order;

	volatile NodeStatus status = NodeStatus.STOPPED;

	volatile long incarnation;

	/**
	 * The template that specified it, if one did.
	 */
	@Nullable Function<String, ? extends AgentSpec<?>> madeBy;

	/**
	 * Who waits for this child to be up, or to be down.
	 */
	private @Nullable List<ChildRequest> waiting;

	/**
	 * What runs the child; set once by the executor, and absent where the rules are
	 * tested without one.
	 */
	volatile @Nullable Cell cell;

	private final int hash;

	/**
	 * What is not so of a child that just lives, made when it is needed.
	 */
	private volatile @Nullable ChildHistory history;

	Child(ChildSpec spec, long order) {
		this.spec = spec;
		this.hash = spec.id().hashCode();
		this.order = order;
	}

	/**
	 * Carry the history of a child over into a new life of its supervisor.
	 * @param before the child as the old life of the supervisor knew it
	 */
	void inherit(Child before) {
		this.incarnation = before.incarnation;
		ChildHistory known = before.history;
		this.history = (known != null) ? new ChildHistory(known) : null;
		Cell kept = before.cell;
		if (kept != null) {
			kept.adopt(this);
			this.cell = kept;
		}
	}

	/**
	 * What runs the child, made when it is first needed: by the supervisor that starts
	 * it, or by a sender who is faster.
	 * @param maker makes it
	 * @return the one cell of this child
	 */
	Cell cellOrMake(Supplier<? extends Cell> maker) {
		if (this.cell == null) {
			CELL.compareAndSet(this, null, maker.get());
		}
		return Objects.requireNonNull(this.cell, "a cell is never taken away");
	}

	/**
	 * Let a request wait until this child is up, or down.
	 * @param request the request
	 */
	void await(ChildRequest request) {
		List<ChildRequest> requests = this.waiting;
		if (requests == null) {
			requests = new ArrayList<>(1);
			this.waiting = requests;
		}
		requests.add(request);
	}

	/**
	 * The requests that wait for this child.
	 * @return the requests, in order
	 */
	List<ChildRequest> waiting() {
		List<ChildRequest> requests = this.waiting;
		return (requests != null) ? requests : List.of();
	}

	/**
	 * Let no request wait any more.
	 * @return those that did, in order
	 */
	List<ChildRequest> takeWaiting() {
		List<ChildRequest> requests = waiting();
		this.waiting = null;
		return requests;
	}

	String id() {
		return this.spec.id();
	}

	@Override
	public Object key() {
		return id();
	}

	@Override
	public int hash() {
		return this.hash;
	}

	/**
	 * What is remembered of this child.
	 * @return the history, or {@code null} if there is nothing to remember
	 */
	@Nullable ChildHistory known() {
		return this.history;
	}

	/**
	 * What is remembered of this child, to be written by its supervisor.
	 * @return the history, made on first use
	 */
	ChildHistory history() {
		ChildHistory known = this.history;
		if (known == null) {
			known = new ChildHistory();
			this.history = known;
		}
		return known;
	}

	long restarts() {
		ChildHistory known = this.history;
		return (known != null) ? known.restarts : 0;
	}

	@Nullable LastExit lastExit() {
		ChildHistory known = this.history;
		return (known != null) ? known.lastExit : null;
	}

	@Nullable RestartWindow window() {
		ChildHistory known = this.history;
		return (known != null) ? known.window : null;
	}

	@Nullable ReportRing reports() {
		ChildHistory known = this.history;
		return (known != null) ? known.reports : null;
	}

	@Nullable BackOff backOff() {
		ChildHistory known = this.history;
		return (known != null) ? known.backOff : null;
	}

	boolean isRetryPending() {
		ChildHistory known = this.history;
		return known != null && known.retryPending;
	}

	boolean isAutomatic() {
		ChildHistory known = this.history;
		return known != null && known.automatic;
	}

	boolean isPaused() {
		ChildHistory known = this.history;
		return known != null && known.paused;
	}

	/**
	 * Where the child is.
	 * @param supervisor where its supervisor is
	 * @return the path, made anew only as long as there is no cell
	 */
	AgentPath path(AgentPath supervisor) {
		Cell known = this.cell;
		return (known != null) ? known.path : supervisor.child(id());
	}

	/**
	 * When the wait for its restart ends.
	 * @return the time, or {@code null} if there is no such wait
	 */
	@Nullable Instant restartingUntil() {
		BackOff slowed = backOff();
		BackOff.Wait wait = (slowed != null) ? slowed.wait : null;
		return (wait != null) ? wait.until() : null;
	}

	/**
	 * Whether there is an incarnation that has not been reported as ended.
	 * @return {@code true} if it is up, on its way up or on its way down
	 */
	boolean isAlive() {
		return switch (this.status) {
			case STARTING, RUNNING, SUSPENDED, STOPPING -> true;
			case RESTARTING, STOPPED -> false;
		};
	}

	@Override
	public String toString() {
		return id() + "#" + this.incarnation + " " + this.status.id();
	}

}
