package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import io.switchboard.event.AgentEvent.ShutdownTimedOut;
import io.switchboard.supervision.Shutdown;
import org.jspecify.annotations.Nullable;

/**
 * What runs at a path. A cell stays while incarnations come and go in it. The supervisor
 * above calls it from its own loop, and it answers with reports.
 */
abstract class Cell {

	private static final AtomicReferenceFieldUpdater<Cell, @Nullable Ties> TIES = AtomicReferenceFieldUpdater
		.newUpdater(Cell.class, Ties.class, "ties");

	private static final AtomicReferenceFieldUpdater<Cell, @Nullable Deadline> DEADLINE = AtomicReferenceFieldUpdater
		.newUpdater(Cell.class, Deadline.class, "deadline");

	final DefaultAgentSystem system;

	final AgentPath path;

	private final ChildReports reports;

	private volatile Child child;

	private volatile @Nullable Deadline deadline;

	private volatile @Nullable Ties ties;

	Cell(DefaultAgentSystem system, AgentPath path, Child child, ChildReports reports) {
		this.system = system;
		this.path = path;
		this.child = child;
		this.reports = reports;
	}

	/**
	 * Begin a life.
	 * @param incarnation its number
	 */
	abstract void start(long incarnation);

	/**
	 * Ask a life to end.
	 * @param incarnation its number
	 * @param reason why
	 */
	protected abstract void requestStop(long incarnation, ExitReason reason);

	/**
	 * End a life without asking. Does nothing if it has ended.
	 * @param incarnation its number
	 */
	abstract void kill(long incarnation);

	/**
	 * Nothing will live here any more, unless somebody starts it by hand: nobody shall
	 * wait for it.
	 * @param reason why the last life ended
	 */
	abstract void close(ExitReason reason);

	/**
	 * End at once what belongs to the place rather than to a life, as nothing will live
	 * here any more. The rest of {@link #close} may take its time.
	 */
	abstract void endPlaces();

	/**
	 * Whether what is sent here goes nowhere.
	 * @return {@code true} after {@link #close}, until the next start
	 */
	abstract boolean isClosed();

	/**
	 * Whether a life that had been there, or was on its way, has ended.
	 * @param incarnation its number
	 * @return {@code true} as soon as that is certain, and before {@linkplain #ties() its
	 * ties} are told
	 */
	abstract boolean hasEnded(long incarnation);

	/**
	 * Whether this node does anything about the end of a life that it is linked to.
	 * @param reason why that life ended
	 * @return {@code true} if it has to be told
	 */
	abstract boolean minds(ExitReason reason);

	/**
	 * Act upon the end of a life that one of the lives here is linked to.
	 * @param link this life's end of the link
	 */
	abstract void hear(LinkEnd link);

	/**
	 * The life that is here now.
	 * @return its number, also if it has only just been decided on; zero if there is none
	 */
	final long currentLife() {
		Child known = this.child;
		long number = known.incarnation;
		boolean alive = (number > 0) ? known.isAlive() : isWanted();
		long life = Math.max(1, number);
		return (alive && !hasEnded(life)) ? life : 0;
	}

	/**
	 * Whether somebody has found nobody here and asked for a first life.
	 * @return {@code true} if so, and it was not refused
	 */
	protected abstract boolean isWanted();

	/**
	 * What has to be told when the lives here end.
	 * @return the ties, made on first use
	 */
	final Ties ties() {
		Ties known = this.ties;
		if (known == null) {
			TIES.compareAndSet(this, null, new Ties());
			known = this.ties;
		}
		return Objects.requireNonNull(known, "ties stay");
	}

	/**
	 * Take a tie out again.
	 * @param tie the tie
	 * @return whether it was there: if not, it was told already
	 */
	final boolean untie(Tie tie) {
		Ties known = this.ties;
		return known != null && known.remove(tie);
	}

	/**
	 * The links of a life.
	 * @param incarnation the life's number
	 * @return this life's ends of the links, and of those whose other end is gone and
	 * that it has not acted upon
	 */
	final List<LinkEnd> links(long incarnation) {
		Ties known = this.ties;
		return (known != null) ? known.links(incarnation) : List.of();
	}

	/**
	 * Nobody will come although somebody had been asked for.
	 */
	protected final void refusedFirstLife() {
		tellTies(1, LifeWatch.nobodyAt(this.path));
	}

	private void tellTies(long incarnation, Terminated end) {
		Ties known = this.ties;
		if (known != null) {
			known.take(incarnation).forEach((tie) -> tie.lifeEnded(end));
		}
	}

	/**
	 * Handle nothing but control signals for the rest of the current life.
	 * @param done to be run when that is so
	 * @param notRunning to be run if there is no life
	 */
	abstract void suspend(Runnable done, Runnable notRunning);

	/**
	 * Go on after a suspension.
	 * @param done to be run when that is so
	 */
	abstract void resume(Runnable done);

	abstract boolean isSuspended();

	/**
	 * The supervisor above has begun a new life of its own and keeps this child.
	 * @param child what it knows of this child from now on
	 */
	final void adopt(Child child) {
		this.child = child;
	}

	final Child child() {
		return this.child;
	}

	/**
	 * End a life as the specification says: by asking, with or without a limit, or by a
	 * kill.
	 * @param incarnation its number
	 * @param reason why
	 */
	final void stop(long incarnation, ExitReason reason) {
		Shutdown shutdown = this.child.spec.shutdown();
		Duration limit = shutdown.limit();
		if (shutdown.isBrutalKill()) {
			kill(incarnation);
			return;
		}
		if (limit != null) {
			killAfter(limit, incarnation);
		}
		requestStop(incarnation, reason);
	}

	/**
	 * Allow a life this long to end. The first limit set for a life counts.
	 * @param limit how long
	 * @param incarnation the number of the life
	 */
	protected final void killAfter(Duration limit, long incarnation) {
		killAfter(limit, Duration.ZERO, incarnation);
	}

	/**
	 * Allow a life this long to end. The first limit set for a life counts.
	 * @param limit how long
	 * @param spent how much of it is over
	 * @param incarnation the number of the life
	 */
	protected final void killAfter(Duration limit, Duration spent, long incarnation) {
		Deadline added = new Deadline(this, incarnation, limit);
		Duration left = spent.isZero() ? limit : Duration.ofNanos(Math.max(0, Nanos.of(limit) - spent.toNanos()));
		this.system.workers().set(added, left);
		Deadline before = this.deadline;
		while ((before == null || before.incarnation < incarnation) && !DEADLINE.compareAndSet(this, before, added)) {
			before = this.deadline;
		}
		Deadline needless = (before != null && before.incarnation >= incarnation) ? added : before;
		if (needless != null) {
			needless.dispose();
		}
	}

	private void overdue(long incarnation, Duration limit) {
		Child known = this.child;
		if (known.incarnation == incarnation && known.isAlive()) {
			this.system.emit(new ShutdownTimedOut(this.path, incarnation, limit, this.system.now()));
			kill(incarnation);
		}
	}

	protected final void reportStarted(long incarnation, @Nullable Object info) {
		this.reports.report(new SupervisorInput.ChildStarted(this.child, incarnation, info));
	}

	protected final void reportIgnored(long incarnation) {
		cancelDeadline(incarnation);
		this.reports.report(new SupervisorInput.ChildIgnored(this.child, incarnation));
		tellTies(incarnation, new Terminated(this.path, incarnation, ExitReason.normal()));
	}

	protected final void reportStartFailed(long incarnation, ExitReason reason, CrashEvidence evidence) {
		cancelDeadline(incarnation);
		this.reports.report(new SupervisorInput.ChildStartFailed(this.child, incarnation, reason, evidence));
		tellTies(incarnation, new Terminated(this.path, incarnation, reason));
	}

	protected final void reportExited(long incarnation, ExitReason reason, CrashEvidence evidence) {
		cancelDeadline(incarnation);
		// the report comes first: who ends because of this end is reported after it
		this.reports.report(new SupervisorInput.ChildExited(this.child, incarnation, reason, evidence));
		tellTies(incarnation, new Terminated(this.path, incarnation, reason));
	}

	private void cancelDeadline(long incarnation) {
		Deadline armed = this.deadline;
		while (armed != null && armed.incarnation <= incarnation) {
			if (DEADLINE.compareAndSet(this, armed, null)) {
				armed.dispose();
			}
			armed = this.deadline;
		}
	}

	/**
	 * When a life is killed if it has not ended.
	 */
	private static final class Deadline extends TimerWheel.Timer {

		private final Cell cell;

		private final long incarnation;

		private final Duration limit;

		Deadline(Cell cell, long incarnation, Duration limit) {
			this.cell = cell;
			this.incarnation = incarnation;
			this.limit = limit;
		}

		@Override
		void due() {
			// whoever is told of it runs code that is not ours
			this.cell.system.workers().executeUrgent(() -> this.cell.overdue(this.incarnation, this.limit));
		}

	}

}
