package io.switchboard.autoconfigure.actuate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.ExitReason;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.actuate.AgentPlaces.Place;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;

/**
 * Counts what supervisors do about ends, by supervisor and child. All sessions of an
 * agent count as one child.
 */
final class RestartCounts implements AgentEventListener, MeterBinder {

	private static final int MAX_FAILURES = 100;

	private final AgentPlaces places;

	private final Set<String> failures = ConcurrentHashMap.newKeySet();

	private final Map<Place, LongAdder> givenUp = new ConcurrentHashMap<>();

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	RestartCounts(AgentCatalog catalog) {
		this.places = new AgentPlaces(catalog);
		this.places.all().forEach((place) -> this.givenUp.put(place, new LongAdder()));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.givenUp.forEach((place, count) -> givenUp(registry, place, count));
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Restarted restarted) {
			Place place = this.places.of(restarted.path());
			String failure = failure(restarted.reason());
			for (MeterRegistry registry : this.registries) {
				Counter.builder("switchboard.restarts")
					.description("Times a supervisor restarted a child")
					.tag("supervisor", place.supervisor())
					.tag("child", place.child())
					.tag("failure", failure)
					.register(registry)
					.increment();
			}
		}
		else if (event instanceof AgentEvent.RestartBudgetSpent spent) {
			this.givenUp.computeIfAbsent(this.places.of(spent.child()), this::unforeseen).increment();
		}
	}

	private LongAdder unforeseen(Place place) {
		LongAdder count = new LongAdder();
		this.registries.forEach((registry) -> givenUp(registry, place, count));
		return count;
	}

	private static void givenUp(MeterRegistry registry, Place place, LongAdder count) {
		FunctionCounter.builder("switchboard.restarts.refused", count, LongAdder::sum)
			.description("Times a supervisor gave up because its restart budget was spent")
			.tag("supervisor", place.supervisor())
			.tag("child", place.child())
			.register(registry);
	}

	/**
	 * The class of a failure. An application has so many; should it make some as it goes,
	 * those beyond a number count together.
	 */
	private String failure(ExitReason reason) {
		Throwable cause = (reason instanceof ExitReason.Crash crash) ? crash.cause() : null;
		String name = (cause != null) ? cause.getClass().getSimpleName() : reason.kind();
		if (this.failures.contains(name) || (this.failures.size() < MAX_FAILURES && !name.isEmpty())) {
			this.failures.add(name);
			return name;
		}
		return AgentPlaces.OTHER;
	}

}
