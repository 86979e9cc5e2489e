package io.switchboard.ai.model;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the requests of a minute, a second's share at a time. Providers count that way,
 * and whoever spends a minute's requests at once stands still for the rest of it. A
 * second's share and one more may still come on top where two minutes meet.
 * <p>
 * At most one permission is reserved and not used: that of the call at the head of the
 * line. It goes to the next one if the first leaves.
 */
final class Pace {

	private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	private final @Nullable RateLimiter limiter;

	private boolean reserved;

	private long reservedAt;

	/**
	 * Set a pace.
	 * @param name the provider's name
	 * @param requestsPerMinute how many requests there may be, zero for no limit
	 * @param clock the time
	 */
	Pace(String name, int requestsPerMinute, ProviderClock clock) {
		this.limiter = (requestsPerMinute > 0) ? RateLimiter.of(name, config(requestsPerMinute), clock::nanos) : null;
	}

	private static RateLimiterConfig config(int requestsPerMinute) {
		int atOnce = Math.max(1, requestsPerMinute / 60);
		return RateLimiterConfig.custom()
			.limitForPeriod(atOnce)
			.limitRefreshPeriod(Duration.ofNanos(MINUTE / requestsPerMinute * atOnce))
			.timeoutDuration(Duration.ofMinutes(2))
			.build();
	}

	/**
	 * When the next request may be made. It has a permission from then on.
	 * @param now the time
	 * @return the time of the next request, not later than now if it may be made at once
	 */
	long next(long now) {
		if (this.limiter == null) {
			return now;
		}
		if (!this.reserved) {
			long wait = this.limiter.reservePermission();
			this.reserved = true;
			this.reservedAt = now - Math.floorDiv(-wait, TimeUnit.MILLISECONDS.toNanos(1));
		}
		return this.reservedAt;
	}

	/**
	 * How long until the next request may be made, as far as that is known.
	 * @param now the time
	 * @return milliseconds
	 */
	long left(long now) {
		return this.reserved ? Math.max(0, this.reservedAt - now) : 0;
	}

	/**
	 * The next request is made.
	 */
	void use() {
		this.reserved = false;
	}

}
