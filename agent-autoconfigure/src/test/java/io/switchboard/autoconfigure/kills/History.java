package io.switchboard.autoconfigure.kills;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that was seen from outside of an application that was killed now and then.
 *
 * @param sent what was asked for
 * @param answers what clients got that waited for an answer
 * @param seen what readers got, each in its order
 * @param requests what the provider was asked for
 * @param executions what tools did
 * @param transcripts what was said in each session, according to the application
 * @param remarks what should not have happened to the clients
 */
record History(List<Sent> sent, List<Answered> answers, List<Seen> seen, List<Requested> requests,
		List<Executed> executions, Map<String, List<String>> transcripts, List<String> remarks) {

	/**
	 * All complaints about it.
	 * @return none if all is well
	 */
	List<String> complaints() {
		Complaints complaints = new Complaints();
		complaints.addAll(this.remarks);
		new ReadersCheck(this, complaints).check();
		new TurnsCheck(this, complaints).check();
		new OutcomesCheck(this, complaints).check();
		new RequestsCheck(this, complaints).check();
		new ToolsCheck(this, complaints).check();
		return complaints.all();
	}

	/**
	 * How much there is of it.
	 * @return the figures
	 */
	String figures() {
		return "%d turns accepted of %d, %d requests for %d steps, %d executions of %d calls, %d events for %d"
			.formatted(this.sent.stream().filter((turn) -> turn.fate() == Sent.Fate.ACCEPTED).count(), this.sent.size(),
					this.requests.size(),
					this.requests.stream().map((request) -> request.label() + request.step()).distinct().count(),
					this.executions.size(), this.executions.stream().map(Executed::call).distinct().count(),
					sessions().values().stream().mapToInt(List::size).sum(), this.seen.size());
	}

	/**
	 * The events of a session, whoever has got them.
	 * @return the events by their numbers, by sessions
	 */
	Map<String, List<Seen>> sessions() {
		return by(Seen::session);
	}

	/**
	 * The events of a turn, whoever has got them.
	 * @return the events by their numbers, by turns
	 */
	Map<String, List<Seen>> turns() {
		Map<String, List<Seen>> turns = by((seen) -> seen.text("turn"));
		turns.remove("");
		return turns;
	}

	private Map<String, List<Seen>> by(Function<Seen, String> key) {
		Map<String, Map<Long, Seen>> first = this.seen.stream()
			.filter((event) -> event.id() > 0)
			.collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toMap(Seen::id, Function.identity(),
					(one, other) -> (one.life() <= other.life()) ? one : other, TreeMap::new)));
		Map<String, List<Seen>> result = new TreeMap<>();
		first.forEach((name, events) -> result.put(name,
				events.values().stream().sorted(Comparator.comparingLong(Seen::id)).toList()));
		return result;
	}

}
