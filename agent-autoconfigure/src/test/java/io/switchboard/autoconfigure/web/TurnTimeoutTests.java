package io.switchboard.autoconfigure.web;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.TestPropertySource;

import static io.switchboard.autoconfigure.web.DeskClient.problem;

/**
 * Tests for turns that take longer than their client wants to wait.
 */
@DeskTest
@TestPropertySource(properties = "switchboard.web.turn-timeout=200ms")
class TurnTimeoutTests {

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
	void turnThatTakesTooLongIsTimedOutAndGoesOn() {
		StepVerifier followed = StepVerifier
			.create(this.desk.get("/agents/support/slow-1/events", MediaType.TEXT_EVENT_STREAM)
				.returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
				})
				.getResponseBody()
				.filter((event) -> "turn-completed".equals(event.event()))
				.next())
			.expectNextCount(1)
			.expectComplete()
			.verifyLater();

		problem(this.desk.ask("/agents/support/slow-1/turns", "wait slow"), 504, "no-answer-in-time").jsonPath("$.turn")
			.isNotEmpty();

		this.gates.open("slow");
		followed.verify(SOON);
	}

}
