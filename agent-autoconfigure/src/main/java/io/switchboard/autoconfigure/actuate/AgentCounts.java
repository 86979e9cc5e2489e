package io.switchboard.autoconfigure.actuate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.AgentPath;
import io.switchboard.HandlerTimeoutException;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Counts by agent what threads are kept from. An agent per session counts as one, and all
 * that the application does not define by name, too, so there are as many series as
 * definitions.
 */
final class AgentCounts implements AgentEventListener, MeterBinder {

	private static final String OTHERS = "other";

	private final Map<AgentPath, String> names = new HashMap<>();

	private final Map<String, Counts> counts = new LinkedHashMap<>();

	AgentCounts(AgentCatalog catalog) {
		catalog.all().forEach((agent) -> {
			this.names.put(agent.path(), agent.name());
			this.counts.put(agent.name(), new Counts());
		});
		this.counts.put(OTHERS, new Counts());
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.WorkerHeld) {
			of(event.path()).held.increment();
		}
		else if (event instanceof AgentEvent.WorkAbandoned) {
			of(event.path()).abandoned.increment();
		}
		else if (event instanceof AgentEvent.LimitNear) {
			of(event.path()).limitsNear.increment();
		}
		else if (event instanceof AgentEvent.Exited exited
				&& exited.reason().cause() instanceof HandlerTimeoutException) {
			of(event.path()).timedOut.increment();
		}
	}

	private Counts of(AgentPath path) {
		String name = this.names.get(path);
		AgentPath parent = path.parent();
		if (name == null && parent != null) {
			name = this.names.get(parent);
		}
		return known((name != null) ? this.counts.get(name) : null);
	}

	private Counts known(@Nullable Counts counts) {
		return (counts != null) ? counts : known(this.counts.get(OTHERS));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.counts.forEach((name, counts) -> {
			count(registry, name, "switchboard.agents.held", "Times an agent kept a worker for long", counts.held);
			count(registry, name, "switchboard.agents.abandoned",
					"Times an agent was taken from a thread that did not come back", counts.abandoned);
			count(registry, name, "switchboard.agents.handler.timeouts", "Handlers that took too long",
					counts.timedOut);
			count(registry, name, "switchboard.agents.limits.near", "Times most of what an agent may use was used",
					counts.limitsNear);
		});
	}

	private static void count(MeterRegistry registry, String name, String meter, String description, LongAdder count) {
		FunctionCounter.builder(meter, count, LongAdder::sum)
			.description(description)
			.tag("agent", name)
			.register(registry);
	}

	/**
	 * What is counted of one agent.
	 */
	private static final class Counts {

		private final LongAdder held = new LongAdder();

		private final LongAdder abandoned = new LongAdder();

		private final LongAdder timedOut = new LongAdder();

		private final LongAdder limitsNear = new LongAdder();

	}

}
