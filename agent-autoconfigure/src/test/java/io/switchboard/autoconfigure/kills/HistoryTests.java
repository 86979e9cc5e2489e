package io.switchboard.autoconfigure.kills;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Each of the checks sees what it is there for.
 */
class HistoryTests {

	private final MadeUpHistory history = new MadeUpHistory();

	@Test
	void nothingIsWrongWithAGoodHistory() {
		assertThat(this.history.complaints()).isEmpty();
	}

	@Test
	void kindOfTurnThatWasNotAnsweredMayBeMissing() {
		this.history.sent.add(new Sent(Plan.brief("s.t2"), Sent.Fate.UNKNOWN, 5, 0));
		this.history.sent.add(new Sent(Plan.brief("s.t3"), Sent.Fate.REFUSED, 5, 0));

		assertThat(this.history.complaints()).isEmpty();
	}

	@Test
	void callThatIsCutOffNeedsNoExecution() {
		this.history.executions.removeIf((execution) -> execution.tool() == Tool.BOOK);
		this.history.change(5, "book for s.t0/0/1", "The call was cut off.");

		assertThat(this.history.complaints()).isEmpty();
	}

	@Test
	void callThatMayBeRepeatedMayBeExecutedInLivesBeforeItsResult() {
		this.history.change(4, (event) -> new Seen(event.reader(), "s", 2, 4, event.type(), event.data()));
		this.history.executions.add(new Executed(2, Tool.LOOKUP, "s.t0/0/0", "one", "call-1"));

		assertThat(this.history.complaints()).isEmpty();
	}

	@Test
	void callThatMayBeRepeatedMayBeToldTwice() {
		this.history.insert(4, 2, "tool-call", MadeUpHistory.call("lookup", "call-1", "s.t0/0/0"));

		assertThat(this.history.complaints()).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongs")
	void wrongIsSeen(String complaint, Consumer<MadeUpHistory> wrong) {
		wrong.accept(this.history);

		assertThat(this.history.complaints()).anySatisfy((found) -> assertThat(found).contains(complaint));
	}

	static Stream<Arguments> wrongs() {
		return Stream.of(readers(), turns(), outcomes(), requests(), tools()).flatMap(List::stream);
	}

	private static List<Arguments> readers() {
		return List.of(
				wrong("follower of s gets after 0 the event",
						(history) -> history.seen.removeIf((event) -> event.id() == 1)),
				wrong("asker of s gets after 3 the event",
						(history) -> history.seen
							.removeIf((event) -> event.id() == 4 && event.reader().equals("asker"))),
				wrong("follower of s gets after 2 the event", (history) -> history.seen.add(2, history.seen.get(1))),
				wrong("follower of s gets after 3 the event", (history) -> history.seen.add(1, history.seen.remove(2))),
				wrong("follower of s is told",
						(history) -> history.seen.add(2, new Seen("follower", "s", 1, 0, "gap", "{}"))),
				wrong("One number, two events", (history) -> history.seen.set(5,
						new Seen("follower", "s", 1, 6, "token", "{\"turn\": \"one\", \"text\": \"other\"}"))));
	}

	private static List<Arguments> turns() {
		return List.of(wrong("Turn one does not begin once", (history) -> history.retype(1, "token")),
				wrong("Turn one does not begin once", (history) -> history.retype(6, "turn-started")),
				wrong("Turn one does not end once", (history) -> history.retype(6, "turn-completed")),
				wrong("Turn one does not end once", (history) -> history.drop(10)),
				wrong("Turn one shows 's.t0 s.t0 after []: word0 word1'",
						(history) -> history.retype(7, "awaiting-approval")),
				wrong("Turn one shows 'after []: word0 word1'", (history) -> history.drop(8)),
				wrong("Session s has two turns at a time", (history) -> history.change(7, "\"one\"", "\"two\"")));
	}

	private static List<Arguments> outcomes() {
		return List.of(wrong("Nobody has asked s", (history) -> history.sent.clear()),
				wrong("Nobody has asked for", (history) -> history.sent.remove(1)),
				wrong("s.t0 has ended twice", (history) -> history.change(13, "s.t1", "s.t0")),
				wrong("is not the answer to", (history) -> history.change(13, "[s.t0]", "[]")),
				wrong("was accepted and has no outcome",
						(history) -> history.sent.add(new Sent(Plan.brief("s.t2"), Sent.Fate.ACCEPTED, 5, 6))),
				wrong("was accepted and has no outcome",
						(history) -> history.sent.add(new Sent(Plan.brief("r.t0"), Sent.Fate.ACCEPTED, 5, 6))),
				wrong("was accepted and has no outcome", (history) -> history.retype(13, "turn-failed")),
				wrong("Nobody wanted this end", (history) -> history.retype(13, "turn-cancelled")),
				wrong("was refused and has an outcome",
						(history) -> history.sent.set(1, new Sent(MadeUpHistory.SECOND, Sent.Fate.REFUSED, 3, 0))),
				wrong("and is answered after it",
						(history) -> history.sent.set(0, new Sent(MadeUpHistory.FIRST, Sent.Fate.ACCEPTED, 5, 6))),
				wrong("The transcript of s is", (history) -> history.transcripts.put("s", List.of("Hello"))),
				wrong("The transcript of s is", (history) -> history.transcripts.clear()),
				wrong("is not what readers are told",
						(history) -> history.answers.set(0, new Answered("s.t1", "two", "s.t1 after []: word0 word1"))),
				wrong("is not what readers are told", (history) -> history.answers.set(0,
						new Answered("s.t1", "one", "s.t0 after []: word0 word1"))));
	}

	private static List<Arguments> requests() {
		return List.of(
				wrong("Step s.t0/1 is asked for twice in a life",
						(history) -> history.requests.add(new Requested(1, "s.t0", 1, "b", true))),
				wrong("Step s.t0/0 was done in life 1 and is asked for in 2 once more",
						(history) -> history.requests.add(new Requested(2, "s.t0", 0, "a", true))),
				wrong("Step s.t0/1 was done in life 2 and is asked for in 3 once more",
						(history) -> history.requests.add(new Requested(3, "s.t0", 1, "b", true))),
				wrong("Step s.t0/1 is asked for in two ways",
						(history) -> history.requests.set(2, new Requested(2, "s.t0", 1, "other", true))),
				wrong("Step s.t1/0 was done, but the provider has not answered it",
						(history) -> history.requests.set(3, new Requested(2, "s.t1", 0, "c", false))));
	}

	private static List<Arguments> tools() {
		return List.of(
				wrong("s.t0/0/1 is executed twice",
						(history) -> history.executions.add(new Executed(2, Tool.BOOK, "s.t0/0/1", "one", "call-2"))),
				wrong("s.t0/0/0 is executed twice in a life",
						(history) -> history.executions.add(new Executed(1, Tool.LOOKUP, "s.t0/0/0", "one", "call-1"))),
				wrong("s.t0/0/0 was told in life 1 and is executed again",
						(history) -> history.executions.add(new Executed(2, Tool.LOOKUP, "s.t0/0/0", "one", "call-1"))),
				wrong("s.t0/0/0 has two ids",
						(history) -> history.executions.add(new Executed(2, Tool.LOOKUP, "s.t0/0/0", "one", "call-9"))),
				wrong("Called twice", (history) -> history.change(3, "call-2", "call-1")),
				wrong("Called twice",
						(history) -> history.insert(4, 2, "tool-call",
								MadeUpHistory.call("book", "call-2", "s.t0/0/1"))),
				wrong("Called twice",
						(history) -> history.insert(6, 2, "tool-call",
								MadeUpHistory.call("lookup", "call-1", "s.t0/0/0"))),
				wrong("No or another result", (history) -> history.change(5, "call-2", "call-1")),
				wrong("No or another result", (history) -> history.change(5, "call-2", "call-9")),
				wrong("The calls of", (history) -> history.retype(5, "restarted")),
				wrong("Is not repeated", (history) -> history.change(4, "lookup for s.t0/0/0", "was cut off")),
				wrong("Is no result", (history) -> history.change(5, "book for s.t0/0/1", "book for s.t0/0/0")),
				wrong("Was never executed", (history) -> history.executions.clear()));
	}

	private static Arguments wrong(String complaint, Consumer<MadeUpHistory> wrong) {
		return arguments(complaint, wrong);
	}

}
