package io.switchboard.autoconfigure.web;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for clients that open a stream and take a few bytes, or none.
 */
class SlowReaderTests {

	private static final int MANY = 100_000;

	/** With its first and its last event. */
	private static final int EVENTS_OF_MANY = MANY + 2;

	/** What fits into the buffers of the system between server and client, and more. */
	private static final int IN_BETWEEN = MANY / 2;

	private static final int FEW = 20;

	private static final String SLOW = "/agents/support/slow";

	private final DurableDesk desk = new DurableDesk();

	private DeskClient client;

	@BeforeEach
	void start() {
		this.client = this.desk.start("switchboard.journal.retention.events=0");
	}

	@AfterEach
	void close() {
		this.desk.close();
	}

	@Test
	void turnIsOverWhileItsReaderHasTakenAFewBytes() throws IOException {
		try (RawReader reader = RawReader.turn(port(), SLOW + "/turns", "many " + MANY)) {
			for (int i = 0; i < FEW; i++) {
				reader.takeByte();
				answer("/agents/support/other/turns", "count");
			}

			answer(SLOW + "/turns", "count");

			assertIsCutOff(reader.rest(IN_BETWEEN), 1);
		}
	}

	@Test
	void readerThatNeverReadsIsLetGo() throws IOException {
		try (RawReader reader = RawReader.events(port(), SLOW + "/events", "")) {
			reader.takeUntil("keep-alive");
			assertThat(feed().isIdle()).isFalse();

			answer(SLOW + "/turns", "many " + MANY);

			assertThat(feed().isIdle()).isTrue();
			assertIsCutOff(reader.rest(IN_BETWEEN), 1);
		}
	}

	@Test
	void journalIsReadAsFastAsTheReaderThatComesBack() throws IOException {
		answer(SLOW + "/turns", "many " + MANY);
		try (RawReader reader = RawReader.events(port(), SLOW + "/events", "Last-Event-ID: 0")) {
			for (int i = 0; i < FEW; i++) {
				assertThat(reader.next()).isNotNull();
			}

			answer("/agents/support/other/turns", "many 1000");

			assertThat(this.desk.journal().eventsRead()).isBetween(FEW, IN_BETWEEN);
		}
	}

	@Test
	void readerThatIsTooSlowForThePresentComesBackAndMissesNothing() throws IOException {
		answer(SLOW + "/turns", "many " + MANY);
		long last;
		try (RawReader reader = RawReader.events(port(), SLOW + "/events", "Last-Event-ID: 0")) {
			assertThat(reader.next()).isNotNull();

			answer(SLOW + "/turns", "many " + MANY);

			List<RawReader.Event> kept = reader.rest(EVENTS_OF_MANY + IN_BETWEEN);
			assertIsCutOff(kept, 2);
			last = kept.get(kept.size() - 2).id();
		}
		assertThat(last).isBetween((long) EVENTS_OF_MANY, 2L * EVENTS_OF_MANY - 1);
		try (RawReader again = RawReader.events(port(), SLOW + "/events", "Last-Event-ID: " + last)) {
			for (long id = last + 1; id <= 2L * EVENTS_OF_MANY; id++) {
				RawReader.Event event = again.next();
				assertThat(event).isNotNull();
				assertThat(event.id()).isEqualTo(id);
			}
		}
	}

	private void answer(String path, String input) {
		this.client.ask(path, input).expectStatus().isOk().expectBody().jsonPath("$.answer").isNotEmpty();
	}

	private int port() {
		return this.desk.port();
	}

	private SessionFeed feed() {
		SessionFeed feed = this.desk.context().getBean(SessionFeeds.class).find(AgentPath.of("/desk/support/slow"));
		assertThat(feed).isNotNull();
		return feed;
	}

	private static void assertIsCutOff(List<RawReader.Event> events, long first) {
		int numbered = events.size() - 1;
		assertThat(events.get(numbered)).satisfies((end) -> {
			assertThat(end.type()).isEqualTo("disconnected");
			assertThat(end.data()).contains("\"code\":\"reader-too-slow\"");
		});
		assertThat(events.subList(0, numbered)).extracting(RawReader.Event::id)
			.containsExactlyElementsOf(LongStream.range(first, first + numbered).boxed().toList());
	}

}
