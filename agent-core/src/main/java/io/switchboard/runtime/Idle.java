package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * A message that an incarnation gets when it has nothing else to do for a while. Confined
 * to the agent's lane once its handler has ended.
 */
final class Idle {

	private final Duration delay;

	private final Object message;

	private boolean due;

	private @Nullable Disposable timer;

	Idle(Duration delay, Object message) {
		this.delay = delay;
		this.message = message;
		this.due = delay.isZero() || delay.isNegative();
	}

	boolean isDue() {
		return this.due;
	}

	/**
	 * There is nothing to do: begin to wait, unless that has begun.
	 * @param scheduler the clock
	 * @param wake to be run when the time is over
	 */
	void arm(Scheduler scheduler, Runnable wake) {
		if (this.timer == null) {
			this.timer = scheduler.schedule(wake, Nanos.of(this.delay), TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * The time is over. If a message came meanwhile, nobody looks at this any more.
	 */
	void elapsed() {
		this.due = true;
	}

	/**
	 * Something else came.
	 * @param life the incarnation that waited
	 */
	void cancel(Incarnation life) {
		if (this.timer != null) {
			this.timer.dispose();
		}
		life.clearIdle();
	}

	Envelope take(Incarnation life, long now) {
		life.clearIdle();
		return new Reminder(life, this.message, now);
	}

}
