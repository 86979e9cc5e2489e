package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.ExitReason;
import io.switchboard.supervision.RestartBackoff;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * How the restarts of one child are slowed down. Made only for children whose supervisor
 * waits between restarts.
 */
final class BackOff {

	/**
	 * Restarts in a row without a long life between them.
	 */
	private int row;

	private long upSince = Long.MIN_VALUE;

	/**
	 * Why the child is down.
	 */
	ExitReason reason = ExitReason.noProcess();

	/**
	 * The wait that is under way; set by the executor.
	 */
	volatile @Nullable Wait wait;

	/**
	 * The child is up.
	 * @param now the runtime's clock, in nanoseconds
	 */
	void up(long now) {
		this.upSince = now;
	}

	/**
	 * The child is down.
	 * @param setting how to wait, or {@code null} for not at all
	 * @param now the runtime's clock, in nanoseconds
	 */
	void down(@Nullable RestartBackoff setting, long now) {
		boolean wasUp = this.upSince != Long.MIN_VALUE;
		if (wasUp && setting != null && now - this.upSince >= Nanos.of(setting.max())) {
			this.row = 0;
		}
		this.upSince = Long.MIN_VALUE;
	}

	/**
	 * The child is to be restarted.
	 * @param setting how to wait
	 * @param reason why it is down
	 * @param random a random number from zero to one
	 * @return how long to wait
	 */
	Duration next(RestartBackoff setting, ExitReason reason, double random) {
		this.reason = reason;
		return setting.delay(this.row++, random);
	}

	/**
	 * A wait for the next attempt.
	 *
	 * @param until when it ends
	 * @param timer ends it
	 */
	record Wait(Instant until, Disposable timer) {

	}

}
