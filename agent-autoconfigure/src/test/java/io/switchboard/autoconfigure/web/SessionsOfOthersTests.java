package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.turn.GivenUpTurn;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.TurnRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests that with Spring Security a session is there for its owner and for operators
 * only.
 */
@SpringBootTest(classes = { Desk.class, SecuredDesk.class }, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "spring.ai.model.chat=none" })
class SessionsOfOthersTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private static final String JSON = "application/json";

	private static final String APPROVE = "{\"decision\": \"approve\"}";

	@LocalServerPort
	private int port;

	@Autowired
	private Approvals approvals;

	@Autowired
	private Conversations conversations;

	@Autowired
	private GivenUpTurns givenUp;

	@Autowired
	private Gates gates;

	private DeskClient ann;

	private DeskClient bob;

	private DeskClient olga;

	private DeskClient anybody;

	/** Of the same length as the other, so that answers can be compared. */
	private String session;

	private String nowhere;

	@BeforeEach
	void connect() {
		this.ann = SecuredDesk.as("ann", this.port);
		this.bob = SecuredDesk.as("bob", this.port);
		this.olga = SecuredDesk.as("olga", this.port);
		this.anybody = new DeskClient(this.port);
		int number = NUMBER.incrementAndGet();
		this.session = "of-ann-%d".formatted(number);
		this.nowhere = "nobody-%d".formatted(number);
	}

	static Stream<Arguments> routes() {
		return Stream.of(route("status and transcript", (client, session) -> client.get("/agents/support/" + session)),
				route("events",
						(client, session) -> client.get("/agents/support/" + session + "/events",
								MediaType.TEXT_EVENT_STREAM)),
				route("past events",
						(client, session) -> client.get("/agents/support/" + session + "/events",
								MediaType.TEXT_EVENT_STREAM, (headers) -> headers.set("Last-Event-ID", "0"))),
				route("approvals", (client, session) -> client.get("/agents/support/" + session + "/approvals")),
				route("decision",
						(client, session) -> client.send("/agents/support/" + session + "/turns/t1/approvals/c1", JSON,
								APPROVE)),
				route("bad decision",
						(client, session) -> client.send("/agents/support/" + session + "/turns/t1/approvals/c1", JSON,
								"{")),
				route("cancel", (client, session) -> client.delete("/agents/support/" + session + "/turns/t1")),
				route("delete", (client, session) -> client.delete("/agents/support/" + session)));
	}

	private static Arguments route(String name, BiFunction<DeskClient, String, ResponseSpec> request) {
		return arguments(name, request);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("routes")
	void aSessionOfAnotherIsLikeOneThatIsNotThere(String name, BiFunction<DeskClient, String, ResponseSpec> route) {
		this.ann.ask("/agents/support/" + this.session + "/turns", "say my secret").expectStatus().isOk();
		asks(AgentPath.of("/desk/support/" + this.session));

		for (DeskClient other : List.of(this.bob, this.anybody)) {
			String answer = notFound(route.apply(other, this.session));
			String answerOfNothing = notFound(route.apply(other, this.nowhere));

			assertThat(answer.replace(this.session, this.nowhere)).isEqualTo(answerOfNothing);
		}
		assertThat(this.approvals.waiting(AgentPath.of("/desk/support/" + this.session))).hasSize(1);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("routes")
	void ownersAndOperatorsReachIt(String name, BiFunction<DeskClient, String, ResponseSpec> route) {
		for (DeskClient client : List.of(this.ann, this.olga)) {
			this.ann.ask("/agents/support/" + this.session + "/turns", "say yes").expectStatus().isOk();
			asks(AgentPath.of("/desk/support/" + this.session));

			int status = route.apply(client, this.session).returnResult(String.class).getStatus().value();

			switch (name) {
				case "cancel" -> assertThat(status).isEqualTo(404);
				case "bad decision" -> assertThat(status).isEqualTo(400);
				default -> assertThat(status).isBetween(200, 204);
			}
		}
	}

	@Test
	void turnsAreTakenFromTheOwnerOnly() {
		String turns = "/agents/support/" + this.session + "/turns";
		this.ann.ask(turns, "count").expectStatus().isOk();

		problem(this.bob.ask(turns, "count"), 404, "unknown-session");
		problem(this.anybody.ask(turns, "count"), 404, "unknown-session");
		problem(this.bob.stream(turns, "count"), 404, "unknown-session");
		problem(this.olga.ask(turns, "count"), 403, "session-of-another");

		this.ann.ask(turns, "count").expectBody().jsonPath("$.answer").isEqualTo("1/2");
	}

	@Test
	void aKeyOfAnotherGivesNothingAway() {
		String turns = "/agents/support/" + this.session + "/turns";
		String location = location(this.ann.ask("/agents/support/turns", "say mine", DurableDesk.key("k1")));
		this.ann.ask(turns, "say mine", DurableDesk.key("k1")).expectStatus().isOk();

		problem(this.bob.ask(turns, "say mine", DurableDesk.key("k1")), 404, "unknown-session");
		problem(this.bob.ask(turns, "say other", DurableDesk.key("k1")), 404, "unknown-session");
		String other = location(this.bob.ask("/agents/support/turns", "say mine", DurableDesk.key("k1")));

		assertThat(other).isNotEqualTo(location);
		assertThat(location(this.ann.ask("/agents/support/turns", "say mine", DurableDesk.key("k1"))))
			.isEqualTo(location);
	}

	@Test
	void aKeyOfSomebodyNotLoggedInEndsWithTheirSession() {
		String location = location(this.anybody.ask("/agents/support/turns", "say hello", DurableDesk.key("guest")));
		this.ann.ask(location + "/turns", "say my secret").expectStatus().isOk();

		problem(this.anybody.ask("/agents/support/turns", "say hello", DurableDesk.key("guest")), 404,
				"unknown-session");
	}

	@Test
	void aSessionOfNobodyBelongsToTheFirstWhoIsLoggedIn() {
		String path = "/agents/support/" + this.session;
		this.anybody.ask(path + "/turns", "say hello").expectStatus().isOk();
		this.bob.get(path).expectStatus().isOk();
		Flux<String> reading = events(this.bob.get(path + "/events", MediaType.TEXT_EVENT_STREAM))
			.map((event) -> event.event() + " " + event.data());

		StepVerifier.create(reading)
			.then(() -> this.ann.ask(path + "/turns", "say my secret").expectStatus().isOk())
			.assertNext((last) -> assertThat(last).startsWith("disconnected").contains("\"moved\""))
			.expectComplete()
			.verify(SOON);
		notFound(this.bob.get(path));
		notFound(this.anybody.get(path));
		this.ann.get(path).expectStatus().isOk();
		StepVerifier
			.create(events(this.ann.get(path + "/events", MediaType.TEXT_EVENT_STREAM)).map(ServerSentEvent::event))
			.then(() -> this.ann.ask(path + "/turns", "say more").expectStatus().isOk())
			.expectNext("turn-started")
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void ofManyWhoBeginASessionAtOnceOneOwnsIt() {
		String turns = "/agents/support/" + this.session + "/turns";

		List<Integer> statuses = Flux.range(0, 40)
			.flatMap((number) -> status((number % 2 == 0) ? "ann" : "bob", turns), 40)
			.collectList()
			.block(SOON);

		assertThat(statuses).containsOnly(200, 404);
		assertThat(statuses.stream().filter((status) -> status == 200)).hasSize(20);
	}

	@Test
	void aDeletedSessionCanBeginAnewForAnother() {
		String path = "/agents/support/" + this.session;
		this.ann.ask(path + "/turns", "say my secret").expectStatus().isOk();
		this.ann.delete(path).expectStatus().isNoContent();

		this.bob.ask(path + "/turns", "say mine").expectStatus().isOk();

		notFound(this.ann.get(path));
	}

	@Test
	void deadLettersGoWithTheSession() {
		AgentPath path = AgentPath.of("/desk/support/" + this.session);
		this.ann.ask("/agents/support/" + this.session + "/turns", "say my secret").expectStatus().isOk();
		this.givenUp
			.add(new GivenUpTurn(path, 1, new TurnRequest("t1", "my secret"), FailureClass.REFUSED, "", Instant.EPOCH));

		this.ann.delete("/agents/support/" + this.session).expectStatus().isNoContent();

		assertThat(this.givenUp.take(path, "t1")).isNull();
	}

	@Test
	void turnsOfAnAgentWithoutSessionsBelongToThoseWhoBeganThem() {
		String gate = "triage-" + this.session;
		Flux<ServerSentEvent<String>> turn = events(this.ann.stream("/agents/triage/turns", "wait " + gate)).cache(1);
		String id = turn.map(ServerSentEvent::data).blockFirst(SOON).replaceAll(".*\"turn\":\"([^\"]+)\".*", "$1");
		this.approvals
			.ask(new ApprovalRequest(AgentPath.of("/desk/triage"), id, "c1", "refund", "{}", null, Instant.EPOCH));

		notFound(this.bob.delete("/agents/triage/turns/" + id));
		problem(this.bob.send("/agents/triage/turns/" + id + "/approvals/c1", JSON, APPROVE), 404, "unknown-approval");
		this.bob.get("/agents/triage/approvals").expectBody().json("{\"approvals\": []}");
		for (DeskClient client : List.of(this.ann, this.olga)) {
			client.get("/agents/triage/approvals").expectBody().jsonPath("$.approvals[0].turn").isEqualTo(id);
		}
		this.ann.delete("/agents/triage/turns/" + id).expectStatus().isNoContent();
		StepVerifier.create(this.gates.cancelled(gate)).expectComplete().verify(SOON);
	}

	@Test
	void whatAllSessionsAskIsForOperators() {
		problem(this.ann.get("/agents/support/approvals"), 403, "approvals-not-listed");
		problem(this.anybody.get("/agents/support/approvals"), 403, "approvals-not-listed");
		this.olga.get("/agents/support/approvals").expectStatus().isOk();
	}

	@Test
	void theOwnerIsKnownAfterARestart() {
		try (DurableDesk desk = new DurableDesk(Desk.class, SecuredDesk.class)) {
			desk.start();
			SecuredDesk.as("ann", desk.port()).ask("/agents/support/s1/turns", "say my secret").expectStatus().isOk();
			desk.stop();
			desk.start();

			notFound(SecuredDesk.as("bob", desk.port()).get("/agents/support/s1/events", MediaType.TEXT_EVENT_STREAM));
			problem(SecuredDesk.as("bob", desk.port()).ask("/agents/support/s1/turns", "count"), 404,
					"unknown-session");
			SecuredDesk.as("ann", desk.port()).ask("/agents/support/s1/turns", "count").expectStatus().isOk();
		}
	}

	@Test
	void aSessionThatIsDeletedMeanwhileBelongsToWhoBeginsItAnew() {
		try (DurableDesk desk = new DurableDesk(Desk.class, SecuredDesk.class)) {
			desk.start();
			SecuredDesk.as("ann", desk.port()).ask("/agents/support/s1/turns", "say my secret").expectStatus().isOk();
			desk.stop();
			desk.start();
			desk.journal().deleteBeforeOpen(AgentPath.of("/desk/support/s1"));

			SecuredDesk.as("ann", desk.port()).ask("/agents/support/s1/turns", "say more").expectStatus().isOk();

			notFound(SecuredDesk.as("bob", desk.port()).get("/agents/support/s1"));
		}
	}

	@Test
	void whoComesBehindAClaimIsTurnedAway() {
		try (DurableDesk desk = new DurableDesk(Desk.class, SecuredDesk.class)) {
			DeskClient guest = desk.start();
			guest.ask("/agents/support/s1/turns", "say hello").expectStatus().isOk();
			desk.journal().claimBeforeWrite("ann");

			problem(guest.ask("/agents/support/s1/turns", "count"), 404, "unknown-session");

			SecuredDesk.as("ann", desk.port())
				.ask("/agents/support/s1/turns", "count")
				.expectBody()
				.jsonPath("$.answer")
				.isEqualTo("1/2");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsLeftOfASessionIsNotFoundByWhoTakesItsName(boolean loggedIn) {
		AgentPath path = AgentPath.of("/desk/support/" + this.session);
		this.conversations.of(path).add("t1", List.of(new UserMessage("my secret"))).block(SOON);

		(loggedIn ? this.bob : this.anybody).ask("/agents/support/" + this.session + "/turns", "say mine")
			.expectStatus()
			.isOk();

		assertThat(this.conversations.transcript(path).block(SOON)).isEmpty();
	}

	@Test
	void whatWasSaidInASessionThatTheJournalKnowsStays() {
		AgentPath path = AgentPath.of("/desk/support/" + this.session);
		this.anybody.ask("/agents/support/" + this.session + "/turns", "say hello").expectStatus().isOk();
		this.conversations.of(path).add("t1", List.of(new UserMessage("hello"))).block(SOON);

		this.ann.ask("/agents/support/" + this.session + "/turns", "say mine").expectStatus().isOk();

		assertThat(this.conversations.transcript(path).block(SOON)).hasSize(1);
	}

	private Mono<Integer> status(String user, String path) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.post()
			.uri(path)
			.headers((headers) -> headers.setBasicAuth(user, "secret"))
			.bodyValue(Map.of("input", "say mine"))
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()));
	}

	private void asks(AgentPath session) {
		this.approvals.over(session, "t1");
		this.approvals.ask(new ApprovalRequest(session, "t1", "c1", "refund", "{}", null, Instant.EPOCH));
	}

	private static String location(ResponseSpec response) {
		return response.expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getFirst("Location");
	}

	private static String notFound(ResponseSpec response) {
		return response.expectStatus().isNotFound().expectBody(String.class).returnResult().getResponseBody();
	}

}
