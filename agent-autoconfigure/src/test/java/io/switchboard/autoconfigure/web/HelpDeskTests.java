package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the whole way: HTTP, agents from properties and classes, Spring AI's client
 * of OpenAI, and a provider on a socket of its own.
 */
@SpringBootTest(classes = HelpDeskTests.HelpDesk.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = { "server.address=127.0.0.1", "management.endpoints.web.exposure.include=agents",
		"switchboard.supervisors.desk.max-restarts=100", "switchboard.agents.support.supervisor=desk",
		"switchboard.agents.support.per-session=true", "switchboard.agents.support.instructions=You help customers.",
		"switchboard.agents.support.tools=orders", "switchboard.agents.support.recovery.rate-limited=give-up",
		"spring.ai.model.chat=none" })
class HelpDeskTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final FakeProvider provider = FakeProvider.start();

	@LocalServerPort
	private int port;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@AfterAll
	static void closeProvider() {
		provider.close();
	}

	@Test
	void conversationIsRemembered() {
		provider.enqueue(Reply.answer("Hello Ann.").withUsage(9, 3), Reply.answer("You are Ann."));

		this.desk.ask("/agents/support/ann/turns", "I am Ann").expectStatus().isOk().expectBody().json("""
				{"answer": "Hello Ann.", "usage": {"inputTokens": 9, "outputTokens": 3}, "steps": 1}""");
		this.desk.ask("/agents/support/ann/turns", "Who am I?").expectStatus().isOk();

		assertThat(lastMessages()).containsExactly("You help customers.", "I am Ann", "Hello Ann.", "Who am I?");
		this.desk.get("/agents/support/ann").expectBody().json("""
				{"status": "running", "incarnation": 1, "transcript": [
				 {"role": "user", "text": "I am Ann"}, {"role": "assistant", "text": "Hello Ann."},
				 {"role": "user", "text": "Who am I?"}, {"role": "assistant", "text": "You are Ann."}]}""");
	}

	@Test
	void answerIsStreamedWithTheCallsOfTools() {
		provider.enqueue(Reply.toolCall("orderStatus", "{\"id\":\"ORD-7\"}"), Reply.stream("It ", "was sent."));

		List<ServerSentEvent<String>> events = all(this.desk.stream("/agents/support/bob/turns", "Where is ORD-7?"));

		assertThat(events).extracting(ServerSentEvent::event)
			.containsExactly("turn-started", "tool-call", "tool-result", "token", "token", "turn-completed");
		assertThat(events.get(2).data()).contains("ORD-7 was sent");
		assertThat(events.get(5).data()).contains("\"answer\":\"It was sent.\"", "\"steps\":2");
	}

	@Test
	void crashInAToolEndsOneLifeAndTheTurnGoesOn() {
		provider.enqueue(Reply.answer("Hello Cy."), Reply.toolCall("orderStatus", "{\"id\":\"ORD-1313\"}"),
				Reply.answer("Nobody knows."), Reply.answer("You are Cy."));
		this.desk.ask("/agents/support/cy/turns", "I am Cy").expectStatus().isOk();

		List<ServerSentEvent<String>> events = all(this.desk.stream("/agents/support/cy/turns", "Where is ORD-1313?"));
		this.desk.ask("/agents/support/cy/turns", "Who am I?").expectStatus().isOk();

		assertThat(events).extracting(ServerSentEvent::event)
			.contains("restarted")
			.filteredOn((event) -> !"restarted".equals(event))
			.containsExactly("turn-started", "tool-call", "recovering", "tool-result", "token", "token",
					"turn-completed");
		assertThat(events.toString()).doesNotContain("no such shelf").contains("cut off");
		assertThat(lastMessages()).containsExactly("You help customers.", "I am Cy", "Hello Cy.", "Where is ORD-1313?",
				"Nobody knows.", "Who am I?");
		this.desk.get("/actuator/agents/desk/support/cy").expectBody().json("""
				{"path": "/desk/support/cy", "type": "agent", "status": "running", "incarnation": 2, "restarts": 1,
				 "lastExit": {"kind": "crash"}, "mailbox": {"size": 0}}""");
		this.desk.get("/actuator/agents/pricing").expectBody().json("{\"incarnation\": 1, \"restarts\": 0}");
	}

	@Test
	void cancelReachesTheConnectionToTheProvider() throws Exception {
		// the client can only close a connection when a token arrives, so they go on
		// coming
		provider.enqueue(Reply.stream(Collections.nCopies(10_000, "on ").toArray(String[]::new))
			.withPace(Duration.ofMillis(20)));
		int number = provider.exchanges().size() + 1;
		Flux<ServerSentEvent<String>> turn = events(this.desk.stream("/agents/support/di/turns", "Go on"));

		StepVerifier.create(turn)
			.expectNextCount(2)
			.assertNext((event) -> this.desk
				.delete("/agents/support/di/turns/" + String.valueOf(event.data()).split("\"")[3])
				.expectStatus()
				.isNoContent())
			.thenConsumeWhile((event) -> "token".equals(event.event()))
			.assertNext((event) -> assertThat(event.event()).isEqualTo("turn-cancelled"))
			.expectComplete()
			.verify(SOON);

		Exchange exchange = provider.exchange(number).get(60, TimeUnit.SECONDS);
		assertThat(exchange.clientClose().get(60, TimeUnit.SECONDS)).isNotNull();
		this.desk.get("/agents/support/di").expectBody().jsonPath("$.transcript.length()").isEqualTo(0);
	}

	@Test
	void limitOfTheProviderIsNotOfTheAgent() {
		// All agents of the provider wait for that long, those of other tests too
		provider.enqueue(Reply.rateLimited(Duration.ofSeconds(1)));

		problem(this.desk.ask("/agents/support/ed/turns", "Hello"), 503, "rate-limited");

		this.desk.get("/agents/support/ed").expectBody().json("{\"status\": \"running\", \"restarts\": 0}");
	}

	@Test
	void deletedSessionIsForgotten() {
		provider.enqueue(Reply.answer("Hello Flo."));
		this.desk.ask("/agents/support/flo/turns", "I am Flo").expectStatus().isOk();

		this.desk.delete("/agents/support/flo").expectStatus().isNoContent();

		problem(this.desk.get("/agents/support/flo"), 404, "unknown-session");
	}

	@Test
	void annotatedAgentTakesText() {
		this.desk.ask("/agents/pricing/turns", "lamp")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.answer")
			.isEqualTo("lamp: 12 EUR");
	}

	@Test
	void sessionOpensItsEventsBeforeItsFirstTurn() {
		provider.enqueue(Reply.answer("Hello Gus."));
		Flux<ServerSentEvent<String>> session = events(
				this.desk.get("/agents/support/gus/events", MediaType.TEXT_EVENT_STREAM));
		StepVerifier followed = StepVerifier
			.create(session.map(ServerSentEvent::event).filter((type) -> !"token".equals(type)).take(2))
			.expectNext("turn-started", "turn-completed")
			.expectComplete()
			.verifyLater();

		this.desk.ask("/agents/support/gus/turns", "I am Gus").expectStatus().isOk();

		followed.verify(SOON);
	}

	private static List<ServerSentEvent<String>> all(ResponseSpec response) {
		return events(response).collectList().block(SOON);
	}

	private static List<String> lastMessages() {
		return provider.exchanges()
			.get(provider.exchanges().size() - 1)
			.request()
			.messages()
			.stream()
			.map((message) -> message.path("content").asString())
			.toList();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Pricing.class)
	static class HelpDesk {

		@Bean
		OpenAiChatModel chatModel() {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(provider.baseUrl())
					.apiKey("any")
					.model("fake-model")
					.maxRetries(0)
					.streamUsage(true)
					.build())
				.build();
		}

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

	static class Orders {

		@Tool(description = "Looks up an order")
		String orderStatus(String id) {
			if (id.equals("ORD-1313")) {
				throw new IllegalStateException("no such shelf");
			}
			return id + " was sent";
		}

	}

	@Agent("pricing")
	static class Pricing {

		@OnMessage
		String price(String item) {
			return item + ": 12 EUR";
		}

	}

}
