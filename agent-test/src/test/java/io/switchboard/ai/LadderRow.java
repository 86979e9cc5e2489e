package io.switchboard.ai;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.switchboard.ai.failure.FailureClass;

/**
 * A failure that does not go away, and what the default ladder makes of it to the end.
 *
 * @param name what goes wrong
 * @param failure the class it is of
 * @param fault what the provider is told to do with every request
 * @param agent what the agent has beside models, instructions and a conversation
 * @param events what whoever streams is told, as {@link LadderEvents} writes it
 * @param requests what the provider is asked, as {@link SeenRequest#text()} writes it
 */
record LadderRow(String name, FailureClass failure, String fault, UnaryOperator<ModelAgent.Builder> agent,
		List<String> events, List<String> requests) {

	static LadderRow of(FailureClass failure, String fault) {
		return new LadderRow(failure.id(), failure, fault, UnaryOperator.identity(), List.of(), List.of());
	}

	LadderRow when(String circumstance) {
		return new LadderRow(this.failure.id() + ", " + circumstance, this.failure, this.fault, this.agent, this.events,
				this.requests);
	}

	LadderRow with(UnaryOperator<ModelAgent.Builder> agent) {
		return new LadderRow(this.name, this.failure, this.fault, agent, this.events, this.requests);
	}

	/**
	 * Say what happens between the start of the turn and its end.
	 */
	LadderRow tells(String... events) {
		List<String> all = Stream
			.of(Stream.of("turn-started"), Stream.of(events), Stream.of("turn-failed " + this.failure.id()))
			.flatMap((part) -> part)
			.toList();
		return new LadderRow(this.name, this.failure, this.fault, this.agent, all, this.requests);
	}

	/**
	 * Say that nothing happens but these rungs.
	 */
	LadderRow climbs(String... rungs) {
		List<String> events = new ArrayList<>();
		for (String rung : rungs) {
			events.add("recovering %s %s %d".formatted(this.failure.id(), rung, events.size() + 1));
		}
		return tells(events.toArray(String[]::new));
	}

	/**
	 * Say what the provider is asked next.
	 */
	LadderRow asks(int times, String request) {
		List<String> all = Stream.concat(this.requests.stream(), Collections.nCopies(times, request).stream()).toList();
		return new LadderRow(this.name, this.failure, this.fault, this.agent, this.events, all);
	}

	LadderRow asks(String request) {
		return asks(1, request);
	}

	/**
	 * The rungs that are taken.
	 */
	List<String> rungs() {
		return this.events.stream()
			.filter((event) -> event.startsWith("recovering "))
			.map((event) -> event.split(" ")[2])
			.toList();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
