package io.switchboard.ai.model;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps one call of a model within its {@link CallLimits}. A call that breaks one is
 * cancelled and fails.
 * <p>
 * A sign of life costs no more than a look at the clock: the one timer of a call learns
 * of it when it ends, and then waits for the rest.
 *
 * @since 0.1.0
 */
public final class CallWatch {

	private static final long NONE = Long.MAX_VALUE;

	private final CallLimits limits;

	private final Scheduler clock;

	private final long began;

	private volatile long heardAt = NONE;

	private volatile boolean complete;

	private volatile @Nullable TurnFailure broken;

	private CallWatch(CallLimits limits, Scheduler clock) {
		this.limits = limits;
		this.clock = clock;
		this.began = now();
	}

	/**
	 * Watch a call that begins now.
	 * @param limits its limits
	 * @param clock the time, and where a broken limit is told
	 * @return the watch, for this one call
	 */
	public static CallWatch begin(CallLimits limits, Scheduler clock) {
		return new CallWatch(limits, clock);
	}

	/**
	 * Note a sign of life. To be called for all that comes over the connection, from any
	 * thread.
	 */
	public void heard() {
		this.heardAt = now();
	}

	/**
	 * Limit the call.
	 * @param call the call, to be subscribed to at once
	 * @param <T> the type of its pieces, each a sign of life
	 * @return the pieces; fails with a {@link TurnFailureException} of class
	 * {@code first-token-timeout}, {@code stalled} or {@code timeout}
	 */
	public <T> Flux<T> limit(Flux<T> call) {
		if (this.limits.equals(CallLimits.none())) {
			return call;
		}
		// The end of the watch cancels the call, an error of it would not
		return call.doOnNext((piece) -> heard())
			.doOnComplete(() -> this.complete = true)
			.takeUntilOther(Mono.defer(this::look).repeat(() -> this.broken == null))
			.concatWith(Mono.defer(this::end));
	}

	private Mono<Void> look() {
		long due = dueAt();
		long wait = due - now();
		if (wait <= 0) {
			this.broken = broken();
			return Mono.empty();
		}
		if (this.heardAt == NONE && !this.limits.stall().isZero()) {
			// A silence after what comes meanwhile may be too long before this is
			return after(Math.min(wait, TimeUnit.NANOSECONDS.convert(this.limits.stall())));
		}
		return (due != NONE) ? after(wait) : Mono.never();
	}

	private Mono<Void> after(long nanos) {
		return Mono.delay(Duration.ofNanos(nanos), this.clock).then();
	}

	private <T> Mono<T> end() {
		TurnFailure failure = this.broken;
		return (failure != null && !this.complete) ? Mono.error(new TurnFailureException(failure)) : Mono.empty();
	}

	private long dueAt() {
		long heard = this.heardAt;
		long silent = (heard == NONE) ? end(this.began, this.limits.firstToken()) : end(heard, this.limits.stall());
		return Math.min(silent, end(this.began, this.limits.total()));
	}

	private TurnFailure broken() {
		if (now() >= end(this.began, this.limits.total())) {
			return failure(FailureClass.TIMEOUT, "The answer was not complete", this.limits.total());
		}
		if (this.heardAt == NONE) {
			return failure(FailureClass.FIRST_TOKEN_TIMEOUT, "The provider did not begin to answer",
					this.limits.firstToken());
		}
		return failure(FailureClass.STALLED, "The answer stalled: nothing came", this.limits.stall());
	}

	private static TurnFailure failure(FailureClass failure, String what, Duration limit) {
		return TurnFailure.of(failure, "%s within %s".formatted(what, limit));
	}

	private static long end(long from, Duration limit) {
		long nanos = TimeUnit.NANOSECONDS.convert(limit);
		return (nanos > 0 && nanos < NONE - from) ? from + nanos : NONE;
	}

	private long now() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

}
