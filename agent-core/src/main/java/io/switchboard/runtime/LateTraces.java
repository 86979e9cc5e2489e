package io.switchboard.runtime;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes out the stack traces of crash reports a moment after the crashes, so that no
 * report keeps an exception alive. To do it at once would make a restart take twice as
 * long. In a storm most reports are replaced by newer ones before it comes to that.
 */
final class LateTraces implements Runnable {

	private static final Duration DELAY = Duration.ofSeconds(1);

	/**
	 * Nodes whose reports are written out before others get their turn; some hundred
	 * stack traces.
	 */
	private static final int BATCH = 10;

	private final Queue<ReportRing> late = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final Workers workers;

	/**
	 * How many of those that are late have been so for a moment. Set before, and used by,
	 * one run at a time.
	 */
	private int due;

	LateTraces(Workers workers) {
		this.workers = workers;
	}

	/**
	 * There are new reports of a node.
	 * @param ring the node's reports
	 */
	void add(ReportRing ring) {
		this.late.add(ring);
		schedule();
	}

	private void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				this.workers.set(new Moment(), DELAY);
			}
			catch (RuntimeException ex) {
				// a supervisor that restarts somebody has nothing to do with it; those
				// that
				// wait are written out with the next ones, or never if the system has
				// ended
				this.scheduled.set(false);
			}
		}
	}

	@Override
	public void run() {
		for (int i = 0; i < BATCH && this.due > 0; i++) {
			ReportRing ring = this.late.poll();
			if (ring != null) {
				ring.writeOut();
			}
			this.due--;
		}
		if (this.due > 0) {
			this.workers.execute(this);
			return;
		}
		this.scheduled.set(false);
		if (!this.late.isEmpty()) {
			schedule();
		}
	}

	/**
	 * The moment that passes.
	 */
	private final class Moment extends TimerWheel.Timer {

		@Override
		void due() {
			LateTraces.this.due = LateTraces.this.late.size();
			LateTraces.this.workers.execute(LateTraces.this);
		}

	}

}
