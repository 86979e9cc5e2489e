package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions over HTTP.
 */
@DeskTest
class SessionsOverHttpTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Autowired
	private SessionFeeds feeds;

	@Autowired
	private Conversations conversations;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@Test
	void sessionShowsItsStateAfterARestart() {
		this.desk.ask("/agents/support/show-1/turns", "crash").expectStatus().isEqualTo(500);

		this.desk.get("/agents/support/show-1").expectStatus().isOk().expectBody().json("""
				{"agent": "support", "session": "show-1", "path": "/desk/support/show-1", "status": "running",
				 "incarnation": 2, "restarts": 1, "transcript": []}""");
	}

	@Test
	void withoutSpringSecurityWhatWasSaidBeforeStays() {
		AgentPath path = AgentPath.of("/desk/support/said-1");
		this.conversations.of(path).add("t1", List.of(new UserMessage("hello"))).block(SOON);

		this.desk.ask("/agents/support/said-1/turns", "say yes").expectStatus().isOk();

		assertThat(this.conversations.transcript(path).block(SOON)).hasSize(1);
	}

	@Test
	void sessionThatNeverWasIsNotFound() {
		problem(this.desk.get("/agents/support/never"), 404, "unknown-session");
	}

	@Test
	void sessionIsShownAsJsonOnly() {
		problem(this.desk.get("/agents/support/show-1", MediaType.TEXT_HTML), 406, "not-acceptable");
	}

	@Test
	void agentWithoutSessionsHasNoneToShow() {
		problem(this.desk.get("/agents/triage/any"), 404, "no-sessions");
	}

	@Test
	void deletedSessionBeginsAnew() {
		this.desk.ask("/agents/support/delete-1/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/1");

		this.desk.delete("/agents/support/delete-1").expectStatus().isNoContent().expectBody().isEmpty();

		problem(this.desk.get("/agents/support/delete-1"), 404, "unknown-session");
		List<ServerSentEvent<String>> events = events(this.desk.stream("/agents/support/delete-1/turns", "count"))
			.collectList()
			.block(SOON);
		assertThat(events).extracting(ServerSentEvent::id).containsExactly("1", "2");
		assertThat(events.get(1).data()).contains("\"answer\":\"1/1\"");
	}

	@Test
	void deletingASessionThatNeverWasIsFine() {
		this.desk.delete("/agents/support/never").expectStatus().isNoContent();
	}

	@Test
	void deletingASessionCancelsItsTurn() {
		Flux<ServerSentEvent<String>> turn = events(
				this.desk.stream("/agents/support/delete-2/turns", "wait session-deleted"));

		StepVerifier.create(turn)
			.assertNext((event) -> this.desk.delete("/agents/support/delete-2").expectStatus().isNoContent())
			.assertNext((event) -> assertThat(event.event()).isEqualTo("turn-cancelled"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void readersFollowAllTurnsOfASession() {
		StepVerifier first = followTwoTurns();
		StepVerifier second = followTwoTurns();

		this.desk.ask("/agents/support/follow-1/turns", "say yes").expectStatus().isOk();
		this.desk.ask("/agents/support/follow-1/turns", "crash").expectStatus().isEqualTo(500);

		first.verify(SOON);
		second.verify(SOON);
	}

	private StepVerifier followTwoTurns() {
		Flux<ServerSentEvent<String>> events = events(
				this.desk.get("/agents/support/follow-1/events", MediaType.TEXT_EVENT_STREAM));
		return StepVerifier.create(events.take(6).map((event) -> event.id() + " " + event.event()))
			.expectNext("1 turn-started", "2 token", "3 turn-completed", "4 turn-started", "5 restarted",
					"6 turn-failed")
			.expectComplete()
			.verifyLater();
	}

	@Test
	void readersEndWithTheSession() {
		this.desk.ask("/agents/support/follow-2/turns", "say yes").expectStatus().isOk();
		Flux<ServerSentEvent<String>> events = events(
				this.desk.get("/agents/support/follow-2/events", MediaType.TEXT_EVENT_STREAM));

		StepVerifier.create(events)
			.then(() -> this.desk.delete("/agents/support/follow-2"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void eventsComeAsEventsOnly() {
		problem(this.desk.get("/agents/support/follow-3/events", MediaType.APPLICATION_JSON), 406, "not-acceptable");
	}

	@Test
	void nothingIsKeptOfASessionThatHasStopped() {
		AgentPath path = AgentPath.of("/desk/support/gone-1");
		this.desk.ask("/agents/support/gone-1/turns", "say yes").expectStatus().isOk();
		assertThat(this.feeds.find(path)).isNotNull();

		this.system.supervisor(AgentPath.of("/desk/support")).terminateChild("gone-1").block(SOON);

		assertThat(this.feeds.find(path)).isNull();
	}

	@Test
	void nothingIsKeptOfASessionThatWasRefused() {
		this.desk.ask("/agents/shy/only/turns", "say yes").expectStatus().isOk();

		this.desk.ask("/agents/shy/refused/turns", "say yes").expectStatus().isEqualTo(503);

		assertThat(this.feeds.find(AgentPath.of("/desk/shy/refused"))).isNull();
	}

}
