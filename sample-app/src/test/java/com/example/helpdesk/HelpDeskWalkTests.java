package com.example.helpdesk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks through the help desk as a customer and an operator would, over a real
 * connection.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "helpdesk.rehearsal.words-per-second=0", "switchboard.retry.first=1ms" })
class HelpDeskWalkTests {

	@LocalServerPort
	private int port;

	private WebTestClient client;

	@BeforeEach
	void connect() {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://localhost:%d".formatted(this.port))
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

	@Test
	void crashCostsALifeAndTheTurnGoesOnInTheNext() {
		assertThat(answer("walk", "My name is Ada. Where is ORD-1001?")).contains("I am a rehearsal model")
			.contains("ORD-1001 is on its way");
		Map<String, Integer> before = incarnations();

		assertThat(answer("walk", "And ORD-1313?")).contains("orderLookup").contains("cut off");

		JsonNode session = node("/desk/support/walk");
		assertThat(session.path("status").asString()).isEqualTo("running");
		assertThat(session.path("restarts").asInt()).isEqualTo(1);
		assertThat(session.path("lastExit").path("kind").asString()).isEqualTo("crash");
		assertThat(session.path("lastExit").path("reason").asString()).isEqualTo("java.lang.ArithmeticException");
		assertThat(before).containsKeys("/", "/desk", "/desk/triage", "/desk/support", "/desk/pricing")
			.containsEntry("/desk/support/walk", 1);
		before.put("/desk/support/walk", 2);
		assertThat(incarnations()).isEqualTo(before);
		assertThat(answer("walk", "What is my name?")).isEqualTo("Your name is Ada.");
		assertThat(answer("walk", "What did I ask you before?")).contains("ORD-1001", "ORD-1313");
	}

	@Test
	void sessionThatKeepsCrashingIsStoppedAndTheOthersGoOn() {
		assertThat(answer("healthy", "My name is Grace.")).contains("Grace");
		assertThat(answer("sick", "My name is Ada.")).contains("Ada");
		for (int crash = 1; crash <= 3; crash++) {
			turn("sick", "Where is ORD-1313?").isOk();
		}
		JsonNode problem = turn("sick", "Where is ORD-1313?").isEqualTo(500)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();

		assertThat(problem.path("type").asString()).isEqualTo("urn:switchboard:problem:crashed");
		assertThat(problem.path("path").asString()).isEqualTo("/desk/support/sick");
		assertThat(problem.path("incarnation").asInt()).isEqualTo(4);
		assertThat(problem.path("reason").asString()).isEqualTo("java.lang.ArithmeticException");
		assertThat(incarnations()).containsEntry("/desk/support/healthy", 1)
			.containsEntry("/desk/support", 1)
			.doesNotContainKey("/desk/support/sick");
		assertThat(answer("sick", "What is my name?")).isEqualTo("Your name is Ada.");
		assertThat(incarnations()).containsEntry("/desk/support/sick", 1);
	}

	@Test
	void streamsTheEventsOfATurn() {
		List<ServerSentEvent<JsonNode>> events = stream("stream", "How much is a kettle?").collectList()
			.block(Duration.ofSeconds(60));

		assertThat(events).extracting(ServerSentEvent::id).startsWith("1", "2", "3").doesNotHaveDuplicates();
		assertThat(events).extracting(ServerSentEvent::event)
			.startsWith("turn-started", "tool-call", "tool-result", "token", "token")
			.endsWith("turn-completed");
		JsonNode completed = events.get(events.size() - 1).data();
		assertThat(completed.path("answer").asString()).endsWith("One kettle costs 39.90 euros.")
			.isEqualTo(events.stream()
				.filter((event) -> "token".equals(event.event()))
				.map((event) -> event.data().path("text").asString())
				.collect(Collectors.joining()));
		assertThat(completed.path("steps").asInt()).isEqualTo(2);
		assertThat(completed.path("usage").path("inputTokens").asInt()).isPositive();
	}

	@Test
	void triageNamesTheDesk() {
		this.client.post()
			.uri("/agents/triage/turns")
			.bodyValue(Map.of("input", "I want my money back"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.answer")
			.value(String.class, (answer) -> assertThat(answer).startsWith("billing: it is about money."));
	}

	@Test
	void pricingAnswersThroughAController() {
		int life = node("/desk/pricing").path("incarnation").asInt();

		this.client.get().uri("/prices/kettle").exchange().expectBody().jsonPath("$.price").isEqualTo(39.9);
		this.client.get()
			.uri("/prices/boat")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).startsWith("We do not sell 'boat'."));
		assertThat(node("/desk/pricing").path("incarnation").asInt()).isEqualTo(life);
	}

	@Test
	void providersFaultEndsTheTurnAndNotTheAgent() {
		turn("fault", "Where is ORD-1001? #bad-request").isEqualTo(502);

		assertThat(answer("fault", "What did I ask you before?")).contains("You have not said anything before");
		assertThat(node("/desk/support/fault").path("incarnation").asInt()).isEqualTo(1);
	}

	@Test
	void anotherModelAnswersWhenTheFirstOneIsOverloaded() {
		List<ServerSentEvent<JsonNode>> events = stream("fallback", "Where is ORD-1001? #overloaded").collectList()
			.block(Duration.ofSeconds(60));

		assertThat(events).filteredOn((event) -> "recovering".equals(event.event()))
			.extracting((event) -> event.data().path("rung").asString())
			.containsExactly("retry", "switch-model");
		assertThat(events.get(events.size() - 1).data().path("answer").asString()).contains("ORD-1001 is on its way");
	}

	@Test
	void anOrderIsCancelledOnceAPersonHasApproved() {
		List<ServerSentEvent<JsonNode>> events = stream("approve", "Please cancel ORD-1002").doOnNext((event) -> {
			if ("awaiting-approval".equals(event.event())) {
				assertThat(event.data().path("tool").asString()).isEqualTo("orderCancel");
				decide("approve", event.data(), Map.of("decision", "approve"));
			}
		}).collectList().block(Duration.ofSeconds(60));

		assertThat(events).extracting(ServerSentEvent::event)
			.startsWith("turn-started", "awaiting-approval", "tool-call", "tool-result")
			.endsWith("turn-completed");
		assertThat(events.get(events.size() - 1).data().path("answer").asString()).contains("ORD-1002 is cancelled");
	}

	@Test
	void anOrderIsNotCancelledIfAPersonDeclines() {
		List<ServerSentEvent<JsonNode>> events = stream("reject", "Please cancel ORD-1005").doOnNext((event) -> {
			if ("awaiting-approval".equals(event.event())) {
				decide("reject", event.data(), Map.of("decision", "reject", "reason", "It is packed already"));
			}
		}).collectList().block(Duration.ofSeconds(60));

		assertThat(events).extracting(ServerSentEvent::event).doesNotContain("tool-call");
		assertThat(events.get(events.size() - 1).data().path("answer").asString()).contains("It is packed already");
		assertThat(answer("reject", "Where is ORD-1005?")).contains("waits in the warehouse");
	}

	private void decide(String session, JsonNode asked, Map<String, String> decision) {
		this.client.post()
			.uri("/agents/support/{session}/turns/{turn}/approvals/{call}", session, asked.path("turn").asString(),
					asked.path("call").asString())
			.bodyValue(decision)
			.exchange()
			.expectStatus()
			.isNoContent();
	}

	private Flux<ServerSentEvent<JsonNode>> stream(String session, String input) {
		return this.client.post()
			.uri("/agents/support/{session}/turns", session)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(Map.of("input", input))
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {
			})
			.getResponseBody()
			.publishOn(Schedulers.boundedElastic());
	}

	private String answer(String session, String input) {
		JsonNode completed = turn(session, input).isOk().expectBody(JsonNode.class).returnResult().getResponseBody();
		return completed.path("answer").asString();
	}

	private StatusAssertions turn(String session, String input) {
		return this.client.post()
			.uri("/agents/support/{session}/turns", session)
			.bodyValue(Map.of("input", input))
			.exchange()
			.expectStatus();
	}

	private Map<String, Integer> incarnations() {
		Map<String, Integer> incarnations = new TreeMap<>();
		collect(node(""), incarnations);
		return incarnations;
	}

	private static void collect(JsonNode node, Map<String, Integer> incarnations) {
		incarnations.put(node.path("path").asString(), node.path("incarnation").asInt());
		node.path("children").forEach((child) -> collect(child, incarnations));
	}

	private JsonNode node(String path) {
		return this.client.get()
			.uri("/actuator/agents" + path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
	}

}
