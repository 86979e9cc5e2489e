package io.switchboard.ai.model;

import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when a provider is better left alone, and when it is back. The end of a call
 * counts only in the state in which the call began: a stream from before the outage says
 * nothing about whether it is over.
 */
final class Breaker {

	private static final TurnFailureException FAILED = new TurnFailureException(
			TurnFailure.of(FailureClass.PROVIDER_ERROR));

	private final CircuitBreaker breaker;

	private final long openFor;

	private int era;

	private long openUntil;

	/**
	 * Set a breaker up.
	 * @param name the provider's name
	 * @param settings when it opens, or {@code null} for never
	 * @param clock the time
	 */
	Breaker(String name, @Nullable BreakerSettings settings, ProviderClock clock) {
		BreakerSettings used = (settings != null) ? settings : BreakerSettings.defaults();
		this.openFor = used.openFor().toMillis();
		this.breaker = CircuitBreaker.of(name, config(used, clock));
		if (settings == null) {
			this.breaker.transitionToDisabledState();
		}
	}

	/**
	 * Slow calls are not failures: limits of their own look after them.
	 */
	private static CircuitBreakerConfig config(BreakerSettings settings, ProviderClock clock) {
		return CircuitBreakerConfig.custom()
			.clock(clock)
			.currentTimestampFunction((time) -> time.millis(), TimeUnit.MILLISECONDS)
			.slidingWindow(Math.toIntExact(settings.window().toSeconds()), settings.minimumCalls(),
					SlidingWindowType.TIME_BASED)
			.failureRateThreshold(settings.failureRate())
			.waitDurationInOpenState(settings.openFor())
			.permittedNumberOfCallsInHalfOpenState(1)
			.build();
	}

	BreakerState state() {
		return switch (this.breaker.getState()) {
			case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
			case OPEN, FORCED_OPEN -> BreakerState.OPEN;
			case HALF_OPEN -> BreakerState.HALF_OPEN;
		};
	}

	/**
	 * A number that changes with the state.
	 * @return the number
	 */
	int era() {
		return this.era;
	}

	/**
	 * When a call is tried.
	 * @return the time, zero if the breaker is not open
	 */
	long openUntil() {
		return (state() == BreakerState.OPEN) ? this.openUntil : 0;
	}

	/**
	 * Let a call through, if it may.
	 * @param now the time, not before {@link #openUntil()}
	 * @return whether it may
	 */
	boolean let(long now) {
		if (state() == BreakerState.OPEN) {
			this.breaker.transitionToHalfOpenState();
			noteChange(BreakerState.OPEN, now);
		}
		return this.breaker.tryAcquirePermission();
	}

	/**
	 * Learn how a call has ended that was let through.
	 * @param era when that was
	 * @param outcome what its end tells
	 * @param now the time
	 */
	void ended(int era, Outcome outcome, long now) {
		if (era != this.era) {
			return;
		}
		BreakerState before = state();
		switch (outcome) {
			case ANSWERED -> this.breaker.onSuccess(0, TimeUnit.MILLISECONDS);
			case FAILED -> this.breaker.onError(0, TimeUnit.MILLISECONDS, FAILED);
			case UNDECIDED -> this.breaker.releasePermission();
		}
		noteChange(before, now);
	}

	private void noteChange(BreakerState before, long now) {
		BreakerState after = state();
		if (after != before) {
			this.era++;
			this.openUntil = (after == BreakerState.OPEN) ? now + this.openFor : 0;
		}
	}

}
