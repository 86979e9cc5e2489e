package io.switchboard.autoconfigure.actuate;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.TurnListener;
import io.switchboard.ai.turn.Usage;

/**
 * Counts by agent what turns cost and what they recover from. An agent per session counts
 * as one.
 */
final class TurnCounts implements TurnListener, MeterBinder {

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
	}

	@Override
	public void answered(String agent, Usage usage, BigDecimal cost) {
		for (MeterRegistry registry : this.registries) {
			tokens(agent, "input").register(registry).increment((double) usage.inputTokens());
			tokens(agent, "output").register(registry).increment((double) usage.outputTokens());
			Counter.builder("switchboard.cost")
				.description("What model calls cost, where their prices are known")
				.tag("agent", agent)
				.register(registry)
				.increment(cost.doubleValue());
		}
	}

	private static Counter.Builder tokens(String agent, String direction) {
		return Counter.builder("switchboard.tokens")
			.description("Tokens of model calls")
			.tag("agent", agent)
			.tag("direction", direction);
	}

	@Override
	public void recovering(String agent, Recovering recovering) {
		for (MeterRegistry registry : this.registries) {
			Counter.builder("switchboard.recoveries")
				.description("Times something went wrong in a turn and it went on")
				.tag("agent", agent)
				.tag("failure", recovering.failure())
				.tag("rung", recovering.rung())
				.register(registry)
				.increment();
		}
	}

}
