package io.switchboard.autoconfigure.kills;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A history that nobody has lived through: a session with two turns, the first of which
 * is cut off by a kill, and two readers. All is well with it until something is changed.
 */
final class MadeUpHistory {

	static final Plan FIRST = Plan.parse("s.t0 lookup+book 2");

	static final Plan SECOND = Plan.brief("s.t1");

	final List<Sent> sent = new ArrayList<>();

	final List<Answered> answers = new ArrayList<>();

	final List<Seen> seen = new ArrayList<>();

	final List<Requested> requests = new ArrayList<>();

	final List<Executed> executions = new ArrayList<>();

	final Map<String, List<String>> transcripts = new TreeMap<>();

	MadeUpHistory() {
		this.sent.add(new Sent(FIRST, Sent.Fate.ACCEPTED, 1, 2));
		this.sent.add(new Sent(SECOND, Sent.Fate.ACCEPTED, 3, 4));
		this.answers.add(new Answered("s.t1", "two", "s.t1 after [s.t0]: word0 word1"));
		events(ReadersCheck.FOLLOWER);
		events("asker");
		this.requests.add(new Requested(1, "s.t0", 0, "a", true));
		this.requests.add(new Requested(1, "s.t0", 1, "b", false));
		this.requests.add(new Requested(2, "s.t0", 1, "b", true));
		this.requests.add(new Requested(2, "s.t1", 0, "c", true));
		this.executions.add(new Executed(1, Tool.LOOKUP, "s.t0/0/0", "one", "call-1"));
		this.executions.add(new Executed(1, Tool.BOOK, "s.t0/0/1", "one", "call-2"));
		this.transcripts.put("s",
				List.of(FIRST.text(), "s.t0 after []: word0 word1", SECOND.text(), "s.t1 after [s.t0]: word0 word1"));
	}

	private void events(String reader) {
		List<Seen> events = new ArrayList<>();
		add(events, 1, "turn-started", "one", "");
		add(events, 1, "tool-call", "one", call("lookup", "call-1", "s.t0/0/0"));
		add(events, 1, "tool-call", "one", call("book", "call-2", "s.t0/0/1"));
		add(events, 1, "tool-result", "one", result("lookup", "call-1", "lookup for s.t0/0/0"));
		add(events, 1, "tool-result", "one", result("book", "call-2", "book for s.t0/0/1"));
		add(events, 1, "token", "one", ", \"text\": \"s.t0 \"");
		add(events, 2, "recovering", "one", "");
		add(events, 2, "token", "one", ", \"text\": \"s.t0 \"");
		add(events, 2, "token", "one", ", \"text\": \"after []: word0 word1\"");
		add(events, 2, "turn-completed", "one", ", \"answer\": \"s.t0 after []: word0 word1\"");
		add(events, 2, "turn-started", "two", "");
		add(events, 2, "token", "two", ", \"text\": \"s.t1 after [s.t0]: word0 word1\"");
		add(events, 2, "turn-completed", "two", ", \"answer\": \"s.t1 after [s.t0]: word0 word1\"");
		events.forEach((event) -> this.seen
			.add(new Seen(reader, event.session(), event.life(), event.id(), event.type(), event.data())));
	}

	private static void add(List<Seen> events, int life, String type, String turn, String more) {
		events.add(new Seen("", "s", life, events.size() + 1, type, "{\"turn\": \"%s\"%s}".formatted(turn, more)));
	}

	static String call(String tool, String call, String id) {
		return ", \"call\": \"%s\", \"tool\": \"%s\", \"arguments\": \"{\\\"id\\\":\\\"%s\\\"}\"".formatted(call, tool,
				id);
	}

	static String result(String tool, String call, String result) {
		return ", \"call\": \"%s\", \"tool\": \"%s\", \"result\": \"%s\"".formatted(call, tool, result);
	}

	/**
	 * Show all readers another event.
	 * @param id its number
	 * @param change what is other
	 */
	void change(long id, UnaryOperator<Seen> change) {
		this.seen.replaceAll((event) -> (event.id() == id) ? change.apply(event) : event);
	}

	/**
	 * Show all readers another event.
	 * @param id its number
	 * @param from what was in its data
	 * @param to what is there now
	 */
	void change(long id, String from, String to) {
		change(id, (event) -> new Seen(event.reader(), event.session(), event.life(), event.id(), event.type(),
				event.data().replace(from, to)));
	}

	/**
	 * Show all readers another event.
	 * @param id its number
	 * @param type its type
	 */
	void retype(long id, String type) {
		change(id, (event) -> new Seen(event.reader(), event.session(), event.life(), event.id(), type, event.data()));
	}

	/**
	 * Show readers less.
	 * @param id the number of an event that is left out, and those after it are one less
	 */
	void drop(long id) {
		this.seen.removeIf((event) -> event.id() == id);
		this.seen.replaceAll((event) -> (event.id() > id)
				? new Seen(event.reader(), event.session(), event.life(), event.id() - 1, event.type(), event.data())
				: event);
	}

	/**
	 * Show readers more of the first turn.
	 * @param id the number of the new event, and those from there on are one more
	 * @param life the process that sends it
	 * @param type its type
	 * @param more what is in its data
	 */
	void insert(long id, int life, String type, String more) {
		List<Seen> before = List.copyOf(this.seen);
		this.seen.clear();
		for (Seen event : before) {
			if (event.id() == id) {
				this.seen.add(new Seen(event.reader(), "s", life, id, type, "{\"turn\": \"one\"%s}".formatted(more)));
			}
			this.seen.add((event.id() < id) ? event : new Seen(event.reader(), event.session(),
					Math.max(life, event.life()), event.id() + 1, event.type(), event.data()));
		}
	}

	List<String> complaints() {
		return new History(this.sent, this.answers, this.seen, this.requests, this.executions, this.transcripts,
				List.of())
			.complaints();
	}

}
