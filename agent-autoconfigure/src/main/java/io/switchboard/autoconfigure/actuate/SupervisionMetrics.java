package io.switchboard.autoconfigure.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows whether somebody has to look after the tree: what supervisors have given up on,
 * and agents that are stuck.
 */
final class SupervisionMetrics implements MeterBinder {

	private final SupervisionWatch watch;

	private final StuckAgents stuckAgents;

	SupervisionMetrics(SupervisionWatch watch, StuckAgents stuckAgents) {
		this.watch = watch;
		this.stuckAgents = stuckAgents;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("switchboard.given.up", this.watch, (watch) -> watch.givenUp().size())
			.description("Agents and supervisors that stay down because restarts did not help")
			.register(registry);
		Gauge.builder("switchboard.agents.stuck", this.stuckAgents, StuckAgents::count)
			.description("Agents that have kept a worker for too long")
			.register(registry);
	}

}
