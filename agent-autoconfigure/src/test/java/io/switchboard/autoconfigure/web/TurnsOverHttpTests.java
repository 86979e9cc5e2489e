package io.switchboard.autoconfigure.web;

import java.time.Duration;

import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns with one JSON answer.
 */
@DeskTest
@ExtendWith(OutputCaptureExtension.class)
class TurnsOverHttpTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Gates gates;

	@Autowired
	private AgentSystem system;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@Test
	void turnInSessionIsAnswered() {
		this.desk.ask("/agents/support/ask-1/turns", "say good morning")
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectHeader()
			.doesNotExist("Location")
			.expectBody()
			.jsonPath("$.turn")
			.isNotEmpty()
			.jsonPath("$.answer")
			.isEqualTo("good morning")
			.jsonPath("$.usage.inputTokens")
			.isEqualTo(11)
			.jsonPath("$.usage.outputTokens")
			.isEqualTo(7)
			.jsonPath("$.steps")
			.isEqualTo(2)
			.jsonPath("$.length()")
			.isEqualTo(4);
	}

	@Test
	void sessionIsOneAgent() {
		this.desk.ask("/agents/support/ask-2/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/1");
		this.desk.ask("/agents/support/ask-2/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/2");
		this.desk.ask("/agents/support/ask-3/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/1");
	}

	@Test
	void turnWithoutSessionBeginsOne() {
		String location = this.desk.ask("/agents/support/turns", "count")
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueMatches("Location", "/agents/support/[\\w-]{22}")
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Location");

		this.desk.ask(location + "/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/2");
	}

	@Test
	void agentWithoutSessionsTakesTurns() {
		this.desk.ask("/agents/triage/turns", "say yes")
			.expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("Location")
			.expectBody()
			.jsonPath("$.answer")
			.isEqualTo("yes");
	}

	@Test
	void agentThatTakesTextIsAsked() {
		this.desk.ask("/agents/echo/turns", "hello").expectStatus().isOk().expectBody().json("""
				{"answer": "You said: hello", "usage": {"inputTokens": 0, "outputTokens": 0}, "steps": 1}""");
	}

	@Test
	void answerThatIsNoTextIsWrittenAsJson() {
		this.desk.ask("/agents/prices/turns", "lamp")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.answer")
			.value(String.class,
					(answer) -> assertThat(answer).startsWith("{").contains("\"price\":12", "\"item\":\"lamp\""));
	}

	@Test
	void sessionKeyMayHoldWhatAPathMay() {
		this.desk.ask("/agents/support/a%40b%3Bc%C3%A9/turns", "say yes").expectStatus().isOk();

		this.desk.get("/agents/support/a%40b%3Bc%C3%A9")
			.expectBody()
			.jsonPath("$.path")
			.isEqualTo("/desk/support/a@b;cé");
	}

	@Test
	void crashIsToldWithoutItsMessage() {
		problem(this.desk.ask("/agents/support/crash-1/turns", "crash"), 500, "crashed").jsonPath("$.agent")
			.isEqualTo("support")
			.jsonPath("$.session")
			.isEqualTo("crash-1")
			.jsonPath("$.path")
			.isEqualTo("/desk/support/crash-1")
			.jsonPath("$.incarnation")
			.isEqualTo(1)
			.jsonPath("$.reason")
			.isEqualTo("java.lang.IllegalStateException")
			.jsonPath("$.turn")
			.isNotEmpty()
			.jsonPath("$")
			.value((body) -> assertThat(body.toString()).doesNotContain("Smith"));
	}

	@Test
	void sessionGoesOnAfterACrash() {
		this.desk.ask("/agents/support/crash-2/turns", "crash-at-once").expectStatus().isEqualTo(500);

		this.desk.ask("/agents/support/crash-2/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("2/1");
	}

	@Test
	void crashOfTheFirstTurnNamesTheNewSession() {
		problem(this.desk.ask("/agents/support/turns", "crash"), 500, "crashed").jsonPath("$.session").isNotEmpty();
	}

	@Test
	void declinedRequestIsToldInTheAgentsWords() {
		problem(this.desk.ask("/agents/support/decline-1/turns", "decline"), 422, "request-failed").jsonPath("$.detail")
			.isEqualTo("Orders are answered on weekdays only");

		this.desk.ask("/agents/support/decline-1/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/2");
	}

	@Test
	void failureOfTheProviderIsToldWithoutItsText() {
		problem(this.desk.ask("/agents/support/fail-1/turns", "fail rate-limited"), 503, "rate-limited")
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).doesNotContain("4711").contains("ready for the next"));
	}

	@Test
	void turnThatEndsWithoutAnswerIsAnError() {
		problem(this.desk.ask("/agents/support/empty-1/turns", "empty"), 500, "no-answer");
	}

	@Test
	void agentThatAnswersSomethingElseIsAnErrorTheLogSaysMoreOf(CapturedOutput output) {
		problem(this.desk.ask("/agents/support/stray-1/turns", "stray"), 500, "internal-error");

		assertThat(output).containsOnlyOnce("Turn failed: agent=/desk/support/stray-1, turn=")
			.doesNotContain("Cannot answer")
			.contains("java.lang.ClassCastException: Agent '/desk/support/stray-1' answered with java.lang.String");
	}

	@Test
	void fullMailboxIsToldAndPasses() {
		StepVerifier running = StepVerifier.create(this.desk.open("/agents/shy/only/turns", "wait full"))
			.expectNextCount(2)
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.gates.reached("full")).expectComplete().verify(Duration.ofSeconds(60));
		StepVerifier waiting = StepVerifier
			.create(this.system.agent("/desk/shy/only", TurnRequest.class)
				.ask(new TurnRequest("t-1", "say next"), TurnEvent.class))
			.expectNextCount(1)
			.expectComplete()
			.verifyLater();

		ResponseSpec refused = this.desk.ask("/agents/shy/only/turns", "say no room");

		refused.expectHeader().valueEquals("Retry-After", "1");
		problem(refused, 429, "mailbox-full").jsonPath("$.path").isEqualTo("/desk/shy/only");
		this.gates.open("full");
		running.verify(Duration.ofSeconds(60));
		waiting.verify(Duration.ofSeconds(60));
		this.desk.ask("/agents/shy/only/turns", "say hello").expectStatus().isOk();
	}

	@Test
	void sessionBeyondTheLimitIsRefused() {
		this.desk.ask("/agents/shy/only/turns", "say hello").expectStatus().isOk();

		problem(this.desk.ask("/agents/shy/another/turns", "say hello"), 503, "too-many-sessions").jsonPath("$.path")
			.isEqualTo("/desk/shy/another");
	}

	@Test
	void agentThatHasStoppedIsGone() {
		this.desk.ask("/agents/brief/turns", "hello").expectStatus().isOk();

		problem(this.desk.ask("/agents/brief/turns", "hello again"), 503, "gone");
	}

}
