package io.switchboard.autoconfigure.actuate;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.WorkerStatistics;

/**
 * Shows what the threads of the agents are about.
 */
final class WorkerMetrics implements MeterBinder {

	private final AgentSystem system;

	WorkerMetrics(AgentSystem system) {
		this.system = system;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "switchboard.workers.active", "Workers with something in hand", WorkerStatistics::active);
		gauge(registry, "switchboard.workers.spare", "Workers beyond the usual number", WorkerStatistics::spare);
		gauge(registry, "switchboard.workers.held", "Workers that an agent keeps for long", WorkerStatistics::held);
		gauge(registry, "switchboard.threads.abandoned",
				"Threads that agents were taken from and that have not come back", WorkerStatistics::abandoned);
		gauge(registry, "switchboard.blocking.active", "Work that blocks and has a thread",
				WorkerStatistics::blockingActive);
		gauge(registry, "switchboard.blocking.waiting", "Work that blocks and waits for a thread",
				WorkerStatistics::blockingWaiting);
		counter(registry, "switchboard.workers.holds", "Times a worker was kept for long and replaced",
				WorkerStatistics::holds);
		counter(registry, "switchboard.threads.abandonments", "Times a thread was abandoned",
				WorkerStatistics::abandonments);
		TimeGauge
			.builder("switchboard.workers.delay", this.system, TimeUnit.NANOSECONDS,
					(system) -> system.workerStatistics().delay().toNanos())
			.description("How long a task waited for a worker when that was looked at last")
			.register(registry);
	}

	private void gauge(MeterRegistry registry, String name, String description,
			ToDoubleFunction<WorkerStatistics> value) {
		Gauge.builder(name, this.system, (system) -> value.applyAsDouble(system.workerStatistics()))
			.description(description)
			.register(registry);
	}

	private void counter(MeterRegistry registry, String name, String description,
			ToDoubleFunction<WorkerStatistics> value) {
		FunctionCounter.builder(name, this.system, (system) -> value.applyAsDouble(system.workerStatistics()))
			.description(description)
			.register(registry);
	}

}
