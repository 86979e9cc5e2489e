package io.switchboard.ai.model;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The time of a provider: that of the system whose agent called last. A provider is made
 * before there is a system, and time stands still until an agent of one calls.
 */
final class ProviderClock extends Clock {

	private volatile @Nullable Scheduler scheduler;

	void follow(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	long nanos() {
		return now(TimeUnit.NANOSECONDS);
	}

	@Override
	public long millis() {
		return now(TimeUnit.MILLISECONDS);
	}

	private long now(TimeUnit unit) {
		Scheduler followed = this.scheduler;
		return (followed != null) ? followed.now(unit) : 0;
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochMilli(millis());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("The time of a provider has no time zones");
	}

}
