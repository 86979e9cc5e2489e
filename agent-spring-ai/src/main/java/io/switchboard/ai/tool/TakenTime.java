package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The time that something has taken, without that in which it waited. Nobody tells when
 * it waits, so a timer looks again where that has happened.
 *
 * @since 0.1.0
 */
public final class TakenTime {

	/**
	 * What waits with next to no time left is not looked at more often than this.
	 */
	private static final long SHORTEST_LOOK = 100;

	private final WaitingTime waiting;

	private final LongUnaryOperator passed;

	private final Scheduler clock;

	/**
	 * Measure the time of something.
	 * @param waiting knows how long it has waited
	 * @param passed gets the time in milliseconds and says how many have passed since the
	 * beginning, zero before
	 * @param clock whose time it is, and where timers run
	 */
	public TakenTime(WaitingTime waiting, LongUnaryOperator passed, Scheduler clock) {
		this.waiting = Objects.requireNonNull(waiting, "'waiting' must not be null");
		this.passed = Objects.requireNonNull(passed, "'passed' must not be null");
		this.clock = Objects.requireNonNull(clock, "'clock' must not be null");
	}

	/**
	 * How much time was taken.
	 * @return milliseconds
	 */
	public long taken() {
		long now = this.clock.now(TimeUnit.MILLISECONDS);
		return Math.max(0, this.passed.applyAsLong(now) - this.waiting.waited(now));
	}

	/**
	 * Wait until so much time is taken, on subscription.
	 * @param time milliseconds
	 * @return ends when it is
	 */
	public Mono<Void> reaches(long time) {
		return Mono.defer(() -> Mono.delay(Duration.ofMillis(nextLook(time)), this.clock))
			.repeat(() -> taken() < time)
			.then();
	}

	private long nextLook(long time) {
		long left = Math.max(0, time - taken());
		return (this.waiting.what() != WaitingFor.NOTHING) ? Math.max(SHORTEST_LOOK, left) : left;
	}

}
