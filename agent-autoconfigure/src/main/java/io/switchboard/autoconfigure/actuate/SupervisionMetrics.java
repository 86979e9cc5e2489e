package io.switchboard.autoconfigure.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows whether somebody has to start what supervisors have given up on.
 */
final class SupervisionMetrics implements MeterBinder {

	private final SupervisionWatch watch;

	SupervisionMetrics(SupervisionWatch watch) {
		this.watch = watch;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("switchboard.given.up", this.watch, (watch) -> watch.givenUp().size())
			.description("Agents and supervisors that stay down because restarts did not help")
			.register(registry);
	}

}
