package io.switchboard.autoconfigure.actuate;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.SendResult;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;

/**
 * Counts by agent what happens to it. An agent per session counts as one, and all that
 * the application does not define by name, too, so there are as many series as
 * definitions.
 */
final class AgentCounts implements AgentEventListener, MeterBinder {

	private final AgentPlaces places;

	private final Map<String, Counts> counts = new LinkedHashMap<>();

	AgentCounts(AgentCatalog catalog) {
		this.places = new AgentPlaces(catalog);
		for (AgentDefinition agent : catalog.all()) {
			this.counts.put(agent.name(), new Counts(agent.perSession()));
		}
		this.counts.put(AgentPlaces.OTHER, new Counts(false));
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.DeadLetter letter) {
			of(event).deadLetter(letter.result()).increment();
			return;
		}
		for (AgentCount count : AgentCount.values()) {
			if (count.counts(event)) {
				of(event).of(count).increment();
			}
		}
	}

	private Counts of(AgentEvent event) {
		return Objects.requireNonNull(this.counts.get(this.places.of(event.path()).agent()), "each name is counted");
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.counts.forEach((name, counts) -> {
			for (AgentCount count : AgentCount.values()) {
				if (count != AgentCount.PASSIVATED || counts.perSession) {
					register(registry, count.meter(), count.description(), Tags.of("agent", name), counts.of(count));
				}
			}
			for (SendResult result : SendResult.values()) {
				register(registry, "switchboard.dead.letters", "Messages that reached nobody",
						Tags.of("agent", name, "result", idOf(result)), counts.deadLetter(result));
			}
		});
	}

	private static void register(MeterRegistry registry, String meter, String description, Tags tags, LongAdder count) {
		FunctionCounter.builder(meter, count, LongAdder::sum).description(description).tags(tags).register(registry);
	}

	private static String idOf(SendResult result) {
		return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What is counted of one agent.
	 */
	private static final class Counts {

		private final boolean perSession;

		private final Map<AgentCount, LongAdder> all = new EnumMap<>(AgentCount.class);

		private final Map<SendResult, LongAdder> deadLetters = new EnumMap<>(SendResult.class);

		Counts(boolean perSession) {
			this.perSession = perSession;
			for (AgentCount count : AgentCount.values()) {
				this.all.put(count, new LongAdder());
			}
			for (SendResult result : SendResult.values()) {
				this.deadLetters.put(result, new LongAdder());
			}
		}

		LongAdder of(AgentCount count) {
			return Objects.requireNonNull(this.all.get(count), "all are counted");
		}

		LongAdder deadLetter(SendResult result) {
			return Objects.requireNonNull(this.deadLetters.get(result), "all are counted");
		}

	}

}
