package io.switchboard.autoconfigure.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.journal.JournalEntry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToldBefore}.
 */
class ToldBeforeTests {

	private static final TurnStarted STARTED = new TurnStarted("t");

	private static final ToolCall CALL = new ToolCall("t", "c1", "orders", "{}");

	private static final ToolResult RESULT = new ToolResult("t", "c1", "orders", "sent", 7);

	private static final Recovering AGAIN = new Recovering("t", Recovering.PROCESS_ENDED, "restart", 0);

	/** As the agent tells it from the beginning. */
	private static final List<TurnEvent> TURN = List.of(token("Let me see."), CALL, RESULT, token("Sent."));

	/** As a client gets it that misses nothing. */
	private static final List<TurnEvent> WHOLE = List.of(STARTED, token("Let me"), token(" see."), CALL, RESULT,
			token("Se"), token("nt."));

	@Test
	void whatWasToldIsToldNoMoreAndTheRestIsWhereverTheProcessEnded() {
		for (int told = 1; told <= WHOLE.size(); told++) {
			List<TurnEvent> before = WHOLE.subList(0, told);

			List<TurnEvent> all = Stream.concat(before.stream(), untold(before, TURN).stream()).toList();

			assertThat(story(all)).as("cut off after %d events", told).isEqualTo(story(WHOLE));
		}
	}

	@Test
	void textOfACallThatWasCutOffIsNoBeginningOfTheNextOne() {
		List<TurnEvent> before = List.of(STARTED, token("Se"));

		assertThat(untold(before, List.of(AGAIN, token("Se"), token("nt.")))).containsExactly(AGAIN, token("Se"),
				token("nt."));
	}

	@Test
	void eventsThatAreEqualAreToldAsOftenAsTheyHappen() {
		List<TurnEvent> before = List.of(STARTED, token("S"), AGAIN, token("Se"));

		assertThat(untold(before, List.of(AGAIN, AGAIN, token("Sent.")))).containsExactly(AGAIN, token("Sent."));
	}

	@Test
	void whatIsNotKeptAnyMoreIsNotToldAgain() {
		assertThat(untold(List.of(RESULT, token("Se")), TURN)).containsExactly(token("nt."));
	}

	@Test
	void knowsWhenAllThatFollowsIsNew() {
		ToldBefore told = new ToldBefore(written(List.of(STARTED, CALL)));

		assertThat(told.first()).isEqualTo(1);
		assertThat(told.isOver()).isFalse();
		assertThat(told.untold(CALL)).isNull();
		assertThat(told.isOver()).isTrue();
	}

	private static List<TurnEvent> untold(List<TurnEvent> before, List<TurnEvent> turn) {
		ToldBefore told = new ToldBefore(written(before));
		return turn.stream().map(told::untold).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
	}

	private static List<JournalEntry.Event> written(List<TurnEvent> events) {
		return IntStream.range(0, events.size())
			.mapToObj((i) -> new JournalEntry.Event(i + 1, "t", events.get(i).type(), WireJson.write(events.get(i)),
					Instant.EPOCH))
			.toList();
	}

	/**
	 * What a client makes of the events, for which it does not matter how texts are cut.
	 */
	private static String story(List<TurnEvent> events) {
		StringBuilder story = new StringBuilder();
		events
			.forEach((event) -> story.append((event instanceof Token token) ? token.text() : "<" + event.type() + ">"));
		return story.toString();
	}

	private static Token token(String text) {
		return new Token("t", text);
	}

}
