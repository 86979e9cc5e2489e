package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongSupplier;

import io.switchboard.tree.AgentStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What is counted and written down of one life. Written in the agent's lane, so plain
 * fields do, but for what other threads add; readers may be a message behind.
 * <p>
 * Reading the clock for each message would cost more than all the rest. So the time is
 * taken when the agent begins to work and when it rests, not in between.
 */
final class Tally {

	private static final AtomicIntegerFieldUpdater<Tally> ANSWERED_LATER = AtomicIntegerFieldUpdater
		.newUpdater(Tally.class, "answeredLater");

	private static final AtomicIntegerFieldUpdater<Tally> STALE = AtomicIntegerFieldUpdater.newUpdater(Tally.class,
			"stale");

	private static final long RESTING = Long.MIN_VALUE;

	private long taken;

	private long handled;

	private long answered;

	private long failed;

	private long busyNanos;

	private long busySince = RESTING;

	private volatile int answeredLater;

	private volatile int stale;

	private @Nullable CrashEvidence evidence;

	private final @Nullable MailboxMeter meter;

	/**
	 * Begin at zero.
	 * @param meter who else measures, if anybody does
	 */
	Tally(@Nullable MailboxMeter meter) {
		this.meter = meter;
	}

	boolean isResting() {
		return this.busySince == RESTING;
	}

	/**
	 * Since when there has been something to do.
	 * @return the time in nanoseconds, or {@link Long#MAX_VALUE} if there is nothing
	 */
	long busySince() {
		long since = this.busySince;
		return (since != RESTING) ? since : Long.MAX_VALUE;
	}

	private void work(long now) {
		this.busySince = now;
	}

	void rest(long now) {
		long busy = now - this.busySince;
		this.busyNanos += busy;
		this.busySince = RESTING;
		if (this.meter != null) {
			this.meter.busy(busy);
		}
	}

	/**
	 * A message is taken.
	 * @param envelope the message
	 * @param clock gives the time, in nanoseconds
	 * @param first whether the agent has come to this message by looking anew, and not
	 * right after another
	 */
	void taken(Envelope envelope, LongSupplier clock, boolean first) {
		this.taken++;
		boolean resting = isResting();
		if (resting || (first && this.meter != null)) {
			long now = clock.getAsLong();
			if (!resting) {
				// who always has something in hand shall be seen, too
				rest(now);
			}
			work(now);
			if (this.meter != null) {
				this.meter.waited(Math.max(0, now - envelope.sentAt()));
			}
		}
		if (this.meter != null) {
			this.meter.taken();
		}
	}

	/**
	 * A message is done, and the agent lives.
	 * @param run the handling of the message
	 */
	void settled(HandlerRun run) {
		this.handled++;
		if (run.hasFailedAsker()) {
			this.failed++;
		}
		else if (run.hasAnsweredAsker()) {
			this.answered++;
		}
	}

	void answeredLater() {
		ANSWERED_LATER.incrementAndGet(this);
	}

	void stale() {
		STALE.incrementAndGet(this);
	}

	void crashed(CrashEvidence evidence) {
		this.evidence = evidence;
	}

	/**
	 * Hand over what is known of the crash. It holds the message in hand, which is not to
	 * be kept by whoever keeps something of a life that is over.
	 * @return the evidence, once, or {@code null} if there is none
	 */
	@Nullable CrashEvidence takeEvidence() {
		CrashEvidence taken = this.evidence;
		this.evidence = null;
		return taken;
	}

	AgentStatistics read(Instant startedAt, long now) {
		long since = this.busySince;
		long busy = this.busyNanos + ((since != RESTING) ? Math.max(0, now - since) : 0);
		return new AgentStatistics(startedAt, this.taken, this.handled, this.answered + this.answeredLater, this.failed,
				this.stale, Duration.ofNanos(busy));
	}

}
