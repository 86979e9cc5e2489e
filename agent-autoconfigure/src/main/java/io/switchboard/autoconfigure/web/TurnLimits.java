package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Counts the turns that callers begin, each caller's and those of all, minute by minute.
 */
final class TurnLimits {

	private static final Duration PERIOD = Duration.ofMinutes(1);

	/** Callers who come when so many are known let the longest unseen be forgotten. */
	private static final int MOST_CALLERS = 100_000;

	private final Cache<String, Window> callers = Caffeine.newBuilder()
		.maximumSize(MOST_CALLERS)
		.expireAfterAccess(PERIOD.multipliedBy(2))
		.build();

	private final AgentWebProperties.Limits limits;

	private final Supplier<Long> nanos;

	private final @Nullable Window all;

	/**
	 * Make limits.
	 * @param limits how many turns there may be
	 * @param nanos a clock that never goes back
	 */
	TurnLimits(AgentWebProperties.Limits limits, Supplier<Long> nanos) {
		this.limits = limits;
		this.nanos = nanos;
		this.all = (limits.turnsOfAll() > 0) ? new Window(limits.turnsOfAll(), nanos) : null;
	}

	/**
	 * Count a request of a caller for a turn, whatever becomes of it.
	 * @param caller who asks for it
	 * @throws ProblemException if it is one too many
	 */
	void count(Caller caller) {
		int most = (caller.name() != null) ? this.limits.turnsPerUser() : this.limits.turnsPerAddress();
		if (most > 0) {
			this.callers.get(caller.key(), (key) -> new Window(most, this.nanos))
				.count("You have begun %d turns in a minute, as many as you may.".formatted(most));
		}
	}

	/**
	 * Count a turn that begins. Requests that begin none must not keep others away.
	 * @throws ProblemException if it is one too many
	 */
	void countOfAll() {
		if (this.all != null) {
			this.all.count("As many turns were begun in a minute as the application takes.");
		}
	}

	/**
	 * A minute after the other.
	 */
	private static final class Window {

		private final Supplier<Long> nanos;

		private final long start;

		private final RateLimiter limiter;

		Window(int most, Supplier<Long> nanos) {
			this.nanos = nanos;
			this.start = nanos.get();
			this.limiter = RateLimiter.of("turns",
					RateLimiterConfig.custom()
						.limitForPeriod(most)
						.limitRefreshPeriod(PERIOD)
						.timeoutDuration(Duration.ZERO)
						.build(),
					nanos);
		}

		void count(String refusal) {
			if (!this.limiter.acquirePermission()) {
				long passed = (this.nanos.get() - this.start) % PERIOD.toNanos();
				throw new ProblemException(ProblemType.TOO_MANY_TURNS, refusal + " Send it again later.")
					.retryAfter((int) PERIOD.minusNanos(passed).toSeconds() + 1);
			}
		}

	}

}
