package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hundreds of readers who come back at once.
 */
class ReturningReadersTests {

	private static final Duration SOON = Duration.ofSeconds(120);

	private static final int SESSIONS = 30;

	private static final int READERS = 300;

	private static final int TOKENS = 48;

	/** With its first and its last event. */
	private static final int EVENTS_OF_TURN = TOKENS + 2;

	private static final int TURNS = 3;

	private static final long LAST_EVENT = TURNS * EVENTS_OF_TURN;

	private final DurableDesk desk = new DurableDesk();

	@AfterEach
	void close() {
		this.desk.close();
	}

	@Test
	void allGetWhatTheyMissedWhileTurnsGoOn() {
		DeskClient client = this.desk.start();
		for (int turn = 1; turn < TURNS; turn++) {
			turnInEachSession(client);
		}

		CompletableFuture<List<List<Long>>> received = Flux.range(0, READERS)
			.flatMapSequential((reader) -> read(client, reader), READERS)
			.collectList()
			.toFuture();
		client.ask("/agents/support/other/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/1");
		turnInEachSession(client);

		assertThat(Mono.fromFuture(received).block(SOON))
			.containsExactlyElementsOf(IntStream.range(0, READERS).mapToObj(ReturningReadersTests::missedBy).toList());
	}

	private static void turnInEachSession(DeskClient client) {
		Flux.range(0, SESSIONS)
			.flatMap((session) -> client.open("/agents/support/s%d/turns".formatted(session), "many " + TOKENS).then())
			.then()
			.block(SOON);
	}

	private static Mono<List<Long>> read(DeskClient client, int reader) {
		return client.follow("/agents/support/s%d/events".formatted(reader % SESSIONS), knownBy(reader))
			.filter((event) -> event.comment() == null)
			.map(ReturningReadersTests::number)
			.takeUntil((number) -> number >= LAST_EVENT)
			.collectList();
	}

	/** What has no number says that something is missing. */
	private static long number(ServerSentEvent<String> event) {
		return (event.id() != null) ? Long.parseLong(event.id()) : -1;
	}

	private static long knownBy(int reader) {
		return reader % ((TURNS - 1) * EVENTS_OF_TURN + 1);
	}

	private static List<Long> missedBy(int reader) {
		return LongStream.rangeClosed(knownBy(reader) + 1, LAST_EVENT).boxed().toList();
	}

}
