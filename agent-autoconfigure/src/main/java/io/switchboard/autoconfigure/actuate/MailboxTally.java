package io.switchboard.autoconfigure.actuate;

import java.util.concurrent.atomic.LongAdder;

import io.switchboard.runtime.MailboxMeter;

/**
 * Adds up how the messages fare of one agent, or of all sessions of one.
 */
final class MailboxTally implements MailboxMeter {

	private final LongAdder messages = new LongAdder();

	private final LongAdder busyNanos = new LongAdder();

	private final LongAdder waits = new LongAdder();

	private final LongAdder waitedNanos = new LongAdder();

	@Override
	public void taken() {
		this.messages.increment();
	}

	@Override
	public void waited(long nanos) {
		this.waits.increment();
		this.waitedNanos.add(nanos);
	}

	@Override
	public void busy(long nanos) {
		this.busyNanos.add(nanos);
	}

	long messages() {
		return this.messages.sum();
	}

	double busyNanos() {
		return this.busyNanos.sum();
	}

	long waits() {
		return this.waits.sum();
	}

	double waitedNanos() {
		return this.waitedNanos.sum();
	}

}
