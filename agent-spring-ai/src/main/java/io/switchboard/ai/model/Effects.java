package io.switchboard.ai.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done once a decision is made, outside of the lock it was made under: this
 * runs code of others.
 */
final class Effects {

	private final List<Signal> signals = new ArrayList<>(1);

	private @Nullable Runnable report;

	/**
	 * Signal a call that waits.
	 * @param ticket the call
	 * @param error why it may not begin, {@code null} if it may
	 */
	void signal(Ticket ticket, @Nullable Throwable error) {
		this.signals.add(new Signal(ticket, error));
	}

	void report(Runnable report) {
		this.report = report;
	}

	/**
	 * Do it. Calls go on on their agent's scheduler, unless that is closed, and then so
	 * is their system.
	 * @param gate is told of calls that cannot begin
	 */
	void carryOut(ProviderGate gate) {
		if (this.report != null) {
			this.report.run();
		}
		for (Signal signal : this.signals) {
			try {
				signal.ticket().scheduler.schedule(signal);
			}
			catch (RejectedExecutionException ex) {
				gate.ended(signal.ticket(), Outcome.UNDECIDED, null);
				signal.ticket().refuse(ex);
			}
		}
	}

	/**
	 * What a call is told.
	 *
	 * @param ticket the call
	 * @param error why it may not begin, {@code null} if it may
	 */
	private record Signal(Ticket ticket, @Nullable Throwable error) implements Runnable {

		@Override
		public void run() {
			if (this.error != null) {
				this.ticket.refuse(this.error);
			}
			else {
				this.ticket.call();
			}
		}

	}

}
