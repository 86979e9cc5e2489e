package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns that are sent again.
 */
@DeskTest
class IdempotencyOverHttpTests {

	private static final Duration SOON = Duration.ofSeconds(60);

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
	void turnThatIsSentAgainIsHandledOnce() {
		byte[] first = this.desk.ask("/agents/support/same-1/turns", "count", key("k1"))
			.expectBody()
			.returnResult()
			.getResponseBody();

		byte[] second = this.desk.ask("/agents/support/same-1/turns", "count", key("k1"))
			.expectBody()
			.returnResult()
			.getResponseBody();

		assertThat(second).isEqualTo(first);
		this.desk.ask("/agents/support/same-1/turns", "count", key("k2"))
			.expectBody()
			.jsonPath("$.answer")
			.isEqualTo("1/2");
	}

	@Test
	void eventsOfATurnThatHasEndedAreReplayed() {
		List<ServerSentEvent<String>> first = all(this.desk, "same-2", "say yes", key("k1"));

		List<ServerSentEvent<String>> second = all(this.desk, "same-2", "say yes", key("k1"));

		assertThat(second).isEqualTo(first);
		assertThat(second).extracting(ServerSentEvent::event)
			.containsExactly("turn-started", "token", "turn-completed");
	}

	@Test
	void turnThatRunsIsJoinedFromItsFirstEvent() {
		Flux<ServerSentEvent<String>> first = events(
				this.desk.stream("/agents/support/same-3/turns", "wait joined", key("k1")));
		Flux<ServerSentEvent<String>> second = events(
				this.desk.stream("/agents/support/same-3/turns", "wait joined", key("k1")));

		this.gates.open("joined");

		StepVerifier.create(Flux.zip(first.map(Object::toString), second.map(Object::toString)))
			.assertNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()).contains("turn-started"))
			.assertNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()).contains("turn-completed"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void newSessionThatIsAskedForAgainIsTheSame() {
		String first = location(key("new-1"));

		String second = location(key("new-1"));
		String other = location(key("new-2"));

		assertThat(second).isEqualTo(first);
		assertThat(other).isNotEqualTo(first);
	}

	private String location(Consumer<HttpHeaders> headers) {
		return String.valueOf(this.desk.ask("/agents/support/turns", "count", headers)
			.expectStatus()
			.isCreated()
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Location"));
	}

	@Test
	void sameKeyInAnotherSessionIsAnotherTurn() {
		this.desk.ask("/agents/support/same-4/turns", "count", key("k1")).expectStatus().isOk();

		this.desk.ask("/agents/support/same-5/turns", "say yes", key("k1"))
			.expectBody()
			.jsonPath("$.answer")
			.isEqualTo("yes");
	}

	@Test
	void sameKeyWithAnotherInputIsRefused() {
		this.desk.ask("/agents/support/same-6/turns", "count", key("k1")).expectStatus().isOk();

		problem(this.desk.ask("/agents/support/same-6/turns", "say yes", key("k1")), 422, "idempotency-key-reused");
	}

	@Test
	void crashIsReplayed() {
		problem(this.desk.ask("/agents/support/same-7/turns", "crash", key("k1")), 500, "crashed");

		problem(this.desk.ask("/agents/support/same-7/turns", "crash", key("k1")), 500, "crashed")
			.jsonPath("$.incarnation")
			.isEqualTo(1);
	}

	@Test
	void turnThatWasNotTakenIsTriedAgain() {
		this.desk.ask("/agents/shy/only/turns", "say hello").expectStatus().isOk();
		StepVerifier running = StepVerifier.create(this.desk.open("/agents/shy/only/turns", "wait refused"))
			.expectNextCount(2)
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.gates.reached("refused")).expectComplete().verify(SOON);
		StepVerifier waiting = StepVerifier
			.create(this.system.agent("/desk/shy/only", TurnRequest.class)
				.ask(new TurnRequest("t-1", "say next"), TurnEvent.class))
			.expectNextCount(1)
			.expectComplete()
			.verifyLater();
		problem(this.desk.ask("/agents/shy/only/turns", "say again", key("k1")), 429, "mailbox-full");
		this.gates.open("refused");
		running.verify(SOON);
		waiting.verify(SOON);

		this.desk.ask("/agents/shy/only/turns", "say again", key("k1")).expectStatus().isOk();
	}

	@Test
	void keysOfADeletedSessionAreForgotten() {
		this.desk.ask("/agents/support/same-8/turns", "say yes", key("k1")).expectStatus().isOk();

		this.desk.delete("/agents/support/same-8").expectStatus().isNoContent();

		this.desk.ask("/agents/support/same-8/turns", "count", key("k1"))
			.expectBody()
			.jsonPath("$.answer")
			.isEqualTo("1/1");
	}

	private static List<ServerSentEvent<String>> all(DeskClient desk, String session, String input,
			Consumer<HttpHeaders> headers) {
		return events(desk.stream("/agents/support/" + session + "/turns", input, headers)).collectList().block(SOON);
	}

	private static Consumer<HttpHeaders> key(String value) {
		return (headers) -> headers.set("Idempotency-Key", value);
	}

}
