package io.switchboard.autoconfigure.actuate;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Takes the application out of service while agents are restarted too often, so that
 * others get its work until it has calmed down.
 */
final class RestartRateHealthIndicator extends AbstractHealthIndicator {

	private final RestartRate rate;

	private final Scheduler clock;

	RestartRateHealthIndicator(RestartRate rate, Scheduler clock) {
		super("The rate of restarts cannot be told");
		this.rate = rate;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		int restarts = this.rate.count(Instant.ofEpochMilli(this.clock.now(TimeUnit.MILLISECONDS)));
		builder.withDetail("restarts", restarts)
			.withDetail("maxRestarts", this.rate.max())
			.withDetail("within", this.rate.within().toString());
		if (restarts > this.rate.max()) {
			builder.outOfService();
		}
		else {
			builder.up();
		}
	}

}
