package io.switchboard.autoconfigure.kills;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Each reader has got each event of its session once, in order, and the same as all
 * others have.
 */
record ReadersCheck(History history, Complaints complaints) {

	/**
	 * Begins with the name of a reader of whole sessions.
	 */
	static final String FOLLOWER = "follower";

	void check() {
		this.history.seen()
			.stream()
			.collect(Collectors.groupingBy((seen) -> seen.reader() + " of " + seen.session(), TreeMap::new,
					Collectors.toList()))
			.forEach(this::checkOrder);
		checkContent();
	}

	private void checkOrder(String reader, List<Seen> events) {
		long last = reader.startsWith(FOLLOWER) ? 0 : events.get(0).id() - 1;
		for (Seen event : events) {
			this.complaints.addIf(event.id() == 0, "%s is told %s", reader, event);
			this.complaints.addIf(event.id() > 0 && event.id() != last + 1, "%s gets after %d the event %s", reader,
					last, event);
			last = (event.id() > 0) ? event.id() : last;
		}
	}

	private void checkContent() {
		Map<String, Seen> first = new HashMap<>();
		for (Seen event : this.history.seen()) {
			Seen other = first.putIfAbsent(event.session() + "/" + event.id(), event);
			this.complaints.addIf(
					event.id() > 0 && other != null
							&& !(other.type().equals(event.type()) && other.data().equals(event.data())),
					"One number, two events: %s and %s", other, event);
		}
	}

}
