package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Sees to it that the handlers of one life end in time. There is one timer for all of its
 * messages: it is set with a message, and when it goes off it looks at what is in hand
 * then, and is set again for that. An agent at rest has none.
 */
final class HandlerLimit implements Disposable {

	private static final AtomicReferenceFieldUpdater<HandlerLimit, @Nullable Look> NEXT = AtomicReferenceFieldUpdater
		.newUpdater(HandlerLimit.class, Look.class, "next");

	private final AgentCell cell;

	private final Incarnation life;

	private final Duration limit;

	/**
	 * When the message in hand was taken. Written before the message is in hand.
	 */
	private volatile long takenAt;

	private volatile @Nullable Look next;

	HandlerLimit(AgentCell cell, Incarnation life, Duration limit) {
		this.cell = cell;
		this.life = life;
		this.limit = limit;
	}

	/**
	 * A message is about to be in hand. Called in the lane.
	 */
	void taken() {
		this.takenAt = this.cell.system.nanos();
	}

	/**
	 * The message is in hand. Called in the lane.
	 */
	void inHand() {
		if (this.next == null) {
			lookIn(Nanos.of(this.limit));
		}
	}

	private void lookIn(long nanos) {
		Look look = new Look();
		if (NEXT.compareAndSet(this, null, look)) {
			try {
				this.cell.system.workers().set(look, Duration.ofNanos(nanos));
			}
			catch (RejectedExecutionException ex) {
				// the system has given back its threads and ends all lives
				return;
			}
			if (this.life.isOver()) {
				look.dispose();
			}
		}
	}

	/**
	 * Look at what is in hand. A message that is taken at the same time either sees that
	 * no look is to come, or is seen here.
	 */
	private void look() {
		this.next = null;
		HandlerRun run = this.life.inFlight;
		long elapsed = this.cell.system.nanos() - this.takenAt;
		if (run == null || run.envelope() == null || run.isOver()) {
			return;
		}
		long left = Nanos.of(this.limit) - elapsed;
		if (left > 0) {
			lookIn(left);
		}
		else if (run == this.life.inFlight) {
			// that time was this message's; whoever is told runs code that is not ours
			this.cell.system.workers()
				.executeUrgent(() -> this.cell.overdue(run, this.limit, Duration.ofNanos(elapsed)));
		}
	}

	@Override
	public void dispose() {
		Look waiting = this.next;
		if (waiting != null) {
			waiting.dispose();
		}
	}

	/**
	 * When to look next.
	 */
	private final class Look extends TimerWheel.Timer {

		@Override
		void due() {
			look();
		}

	}

}
