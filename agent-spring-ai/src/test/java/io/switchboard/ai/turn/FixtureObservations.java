package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was observed, to be read as a tree. When those of others end is not ours to
 * say: Spring AI's may end after the answer is there.
 */
final class FixtureObservations implements ObservationHandler<Observation.Context> {

	final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<Observation.Context> started = new CopyOnWriteArrayList<>();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	FixtureObservations() {
		this.registry.observationConfig().observationHandler(this);
	}

	@Override
	public void onStart(Observation.Context context) {
		this.started.add(context);
	}

	@Override
	public void onStop(Observation.Context context) {
		this.stopped.add(context);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	/**
	 * All observations but those of advisors.
	 * @return a line each, indented below its parent, in the order in which they began
	 */
	List<String> tree() {
		List<String> lines = new ArrayList<>();
		addBelow(null, "", lines);
		return lines;
	}

	private void addBelow(Observation.@Nullable Context parent, String indent, List<String> lines) {
		for (Observation.Context each : this.started) {
			if (parent(each) == parent && !each.getName().equals("spring.ai.advisor")) {
				lines.add(indent + line(each));
				addBelow(each, indent + "  ", lines);
			}
		}
	}

	private static Observation.@Nullable ContextView parent(Observation.Context context) {
		return (context.getParentObservation() != null) ? context.getParentObservation().getContextView() : null;
	}

	private String line(Observation.Context context) {
		if (!context.getName().startsWith("switchboard")) {
			return context.getName();
		}
		String open = this.stopped.contains(context) ? "" : " (open)";
		return context.getLowCardinalityKeyValues()
			.stream()
			.map(FixtureObservations::text)
			.sorted()
			.collect(Collectors.joining(" ", context.getName() + " ", open));
	}

	private static String text(KeyValue value) {
		return value.getKey() + "=" + value.getValue();
	}

}
