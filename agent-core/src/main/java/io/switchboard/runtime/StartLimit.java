package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * A start that is under way. It ends by itself or by its time-out, whoever is first.
 */
final class StartLimit extends TimerWheel.Timer {

	private static final AtomicIntegerFieldUpdater<StartLimit> DECIDED = AtomicIntegerFieldUpdater
		.newUpdater(StartLimit.class, "decided");

	private final Incarnation life;

	private volatile int decided;

	private volatile @Nullable Object info;

	private volatile @Nullable ExitReason refusal;

	StartLimit(Incarnation life) {
		this.life = life;
	}

	/**
	 * Decide how the start ended.
	 * @return whether the caller was first
	 */
	boolean decide() {
		return this.decided == 0 && DECIDED.compareAndSet(this, 0, 1);
	}

	/**
	 * What the start has to say to whoever set it off.
	 * @return the information, or {@code null} if there is none
	 */
	@Nullable Object info() {
		return this.info;
	}

	void tell(Object info) {
		this.info = info;
	}

	/**
	 * Why the life stopped itself in its start.
	 * @return the reason, or {@code null} if it did not
	 */
	@Nullable ExitReason refusal() {
		return this.refusal;
	}

	/**
	 * The life stops itself, which is a refusal unless the start was decided before.
	 * @param reason why
	 */
	void refuse(ExitReason reason) {
		if (this.decided == 0) {
			this.refusal = reason;
		}
	}

	@Override
	void due() {
		// whoever is told runs code that is not ours
		this.life.cell().system.workers().executeUrgent(this::end);
	}

	private void end() {
		if (decide()) {
			AgentCell cell = this.life.cell();
			Duration limit = cell.spec().startTimeout();
			cell.end(this.life.incarnation(),
					ExitReason.crash(new IllegalStateException(
							"Agent '%s' was not ready within its start time-out of %s; start faster, or allow more"
								.formatted(cell.path, limit))));
		}
	}

}
