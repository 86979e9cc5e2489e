package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns as a stream of events.
 */
@DeskTest
class TurnStreamTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	@Autowired
	private Gates gates;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@Test
	void turnIsStreamedInNumberedEvents() {
		List<ServerSentEvent<String>> events = all(
				events(this.desk.stream("/agents/support/stream-1/turns", "say good morning")));

		assertThat(events).extracting(ServerSentEvent::id).containsExactly("1", "2", "3", "4");
		assertThat(events).extracting(ServerSentEvent::event)
			.containsExactly("turn-started", "token", "token", "turn-completed");
		String turn = turnOf(events.get(0));
		assertThat(events).extracting(ServerSentEvent::data)
			.containsExactly("{\"turn\":\"%s\"}".formatted(turn),
					"{\"turn\":\"%s\",\"text\":\"good \"}".formatted(turn),
					"{\"turn\":\"%s\",\"text\":\"morning\"}".formatted(turn),
					("{\"turn\":\"%s\",\"answer\":\"good morning\","
							+ "\"usage\":{\"inputTokens\":11,\"outputTokens\":7},\"steps\":2}")
						.formatted(turn));
	}

	@Test
	void callsOfToolsAreStreamed() {
		List<ServerSentEvent<String>> events = all(events(this.desk.stream("/agents/support/stream-2/turns", "tool")));

		assertThat(events).extracting(ServerSentEvent::event)
			.containsExactly("turn-started", "tool-call", "tool-result", "turn-completed");
		assertThat(events.get(1).data())
			.endsWith(",\"call\":\"c1\",\"tool\":\"orders\",\"arguments\":\"{\\\"id\\\": 7}\"}");
		assertThat(events.get(2).data()).endsWith(",\"call\":\"c1\",\"tool\":\"orders\",\"result\":\"sent\"}");
	}

	@Test
	void numbersGoOnWithTheNextTurn() {
		this.desk.ask("/agents/support/stream-3/turns", "say yes").expectStatus().isOk();

		List<ServerSentEvent<String>> events = all(
				events(this.desk.stream("/agents/support/stream-3/turns", "say no")));

		assertThat(events).extracting(ServerSentEvent::id).containsExactly("4", "5", "6");
	}

	@Test
	void firstTurnOfASessionSaysWhereItIs() {
		this.desk.stream("/agents/support/turns", "say yes")
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Location", "/agents/support/[\\w-]{22}");
	}

	@Test
	void answerOfAnAgentThatTakesTextIsAWholeTurn() {
		List<ServerSentEvent<String>> events = all(events(this.desk.stream("/agents/echo/turns", "hello")));

		assertThat(events).extracting(ServerSentEvent::event).containsExactly("turn-started", "turn-completed");
		assertThat(events.get(1).data()).contains("\"answer\":\"You said: hello\"");
	}

	@Test
	void longTurnReachesItsReaderWhole() {
		List<ServerSentEvent<String>> events = all(
				events(this.desk.stream("/agents/support/stream-4/turns", "many 200")));

		assertThat(events).hasSize(202);
		assertThat(events.get(200).data()).contains("token number 200");
	}

	@Test
	void crashIsToldWithTheRestartAndEndsTheTurn() {
		List<ServerSentEvent<String>> events = all(events(this.desk.stream("/agents/support/stream-5/turns", "crash")));

		assertThat(events).extracting(ServerSentEvent::event)
			.containsExactly("turn-started", "restarted", "turn-failed");
		assertThat(events).extracting(ServerSentEvent::id).containsExactly("1", "2", "3");
		assertThat(events.get(1).data()).isEqualTo("{\"path\":\"/desk/support/stream-5\",\"incarnation\":2,"
				+ "\"reason\":\"java.lang.IllegalStateException\"}");
		assertThat(events.get(2).data()).startsWith("{\"turn\":\"" + turnOf(events.get(0)))
			.contains("\"failure\":\"crashed\"")
			.doesNotContain("Smith");
	}

	@Test
	void failureOfTheProviderEndsTheTurn() {
		List<ServerSentEvent<String>> events = all(
				events(this.desk.stream("/agents/support/stream-6/turns", "fail overloaded")));

		assertThat(events).extracting(ServerSentEvent::event).containsExactly("turn-started", "turn-failed");
		assertThat(events.get(1).data()).contains("\"failure\":\"overloaded\"").doesNotContain("4711");
	}

	@Test
	void errorBeforeTheFirstEventIsAProblem() {
		problem(this.desk.stream("/agents/support/stream-7/turns", "decline"), 422, "request-failed");
		problem(this.desk.stream("/agents/support/stream-7/turns", "crash-at-once"), 500, "crashed");
		problem(this.desk.stream("/agents/nobody/turns", "say yes"), 404, "unknown-agent");
	}

	@Test
	void turnRunsOnWhenItsReaderGoes() {
		Flux<ServerSentEvent<String>> session = events(
				this.desk.get("/agents/support/stream-8/events", MediaType.TEXT_EVENT_STREAM));
		StepVerifier followed = StepVerifier.create(session.take(2).map(ServerSentEvent::event))
			.expectNext("turn-started", "turn-completed")
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.desk.open("/agents/support/stream-8/turns", "wait reader-gone"))
			.expectNextCount(1)
			.thenCancel()
			.verify(SOON);

		this.gates.open("reader-gone");

		followed.verify(SOON);
	}

	@Test
	void cancelledTurnStopsTheWork() {
		Flux<ServerSentEvent<String>> turn = events(
				this.desk.stream("/agents/support/stream-9/turns", "wait cancelled-turn"));

		StepVerifier.create(turn)
			.assertNext((event) -> this.desk.delete("/agents/support/stream-9/turns/" + turnOf(event))
				.expectStatus()
				.isNoContent())
			.assertNext((event) -> {
				assertThat(event.event()).isEqualTo("turn-cancelled");
				assertThat(event.id()).isEqualTo("2");
			})
			.expectComplete()
			.verify(SOON);

		StepVerifier.create(this.gates.cancelled("cancelled-turn")).expectComplete().verify(SOON);
		this.desk.ask("/agents/support/stream-9/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/2");
	}

	@Test
	void turnOfAnAgentWithoutSessionsIsCancelled() {
		Flux<ServerSentEvent<String>> turn = events(this.desk.stream("/agents/triage/turns", "wait triage"));

		StepVerifier.create(turn)
			.assertNext(
					(event) -> this.desk.delete("/agents/triage/turns/" + turnOf(event)).expectStatus().isNoContent())
			.assertNext((event) -> assertThat(event.event()).isEqualTo("turn-cancelled"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void turnThatDoesNotRunCannotBeCancelled() {
		problem(this.desk.delete("/agents/support/stream-9/turns/t-1"), 404, "unknown-turn").jsonPath("$.turn")
			.isEqualTo("t-1");
		problem(this.desk.delete("/agents/triage/turns/t-1"), 404, "unknown-turn");
		problem(this.desk.delete("/agents/support/turns/t-1"), 404, "unknown-turn");
	}

	private static List<ServerSentEvent<String>> all(Flux<ServerSentEvent<String>> events) {
		return events.collectList().block(SOON);
	}

	private static String turnOf(ServerSentEvent<String> event) {
		String data = String.valueOf(event.data());
		return data.replaceAll("^\\{\"turn\":\"([^\"]+)\".*", "$1");
	}

}
