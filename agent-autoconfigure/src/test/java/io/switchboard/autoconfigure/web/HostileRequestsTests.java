package io.switchboard.autoconfigure.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what those get who mean harm. Sessions of others are in
 * {@link SessionsOfOthersTests}, bodies and names that are wrong in
 * {@link BadRequestsTests}.
 */
@SpringBootTest(classes = { Desk.class, SecuredDesk.class, HostileRequestsTests.Hiding.class },
		webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "spring.ai.model.chat=none",
				"switchboard.web.limits.turns-per-user=5", "switchboard.web.limits.streams-per-user=3",
				"switchboard.web.limits.body-timeout=300ms", "management.endpoints.web.exposure.include=*",
				"management.endpoint.health.show-details=always", "logging.level.io.switchboard=debug" })
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class HostileRequestsTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final String SECRET = "sk-4711-of-Ms-Smith";

	private static final String SCRIPT = "<script>alert(1)</script>";

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Autowired
	private StreamLimits streams;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@Test
	void aFloodOfOneUserIsTurnedAwayAndOthersAreServed() {
		DeskClient ann = SecuredDesk.as("ann", this.port);
		List<Integer> statuses = new ArrayList<>();
		for (int turn = 0; turn < 50; turn++) {
			statuses.add(ann.ask("/agents/triage/turns", "say yes").expectBody().returnResult().getStatus().value());
		}

		assertThat(statuses).containsOnly(200, 429);
		assertThat(statuses.stream().filter((status) -> status == 200).count()).isBetween(5L, 10L);
		problem(ann.ask("/agents/triage/turns", "say yes"), 429, "too-many-turns");
		int wait = Integer.parseInt(String.valueOf(ann.ask("/agents/triage/turns", "say yes")
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getFirst("Retry-After")));
		assertThat(wait).isBetween(1, 61);
		this.desk.ask("/agents/triage/turns", "say yes").expectStatus().isOk();
	}

	@Test
	void aUserKeepsSoManyStreamsAndNoMore() {
		DeskClient bob = SecuredDesk.as("bob", this.port);
		bob.ask("/agents/support/of-bob/turns", "say yes").expectStatus().isOk();
		List<Disposable> open = new ArrayList<>();
		for (int stream = 0; stream < 3; stream++) {
			open.add(events(follow(bob)).subscribe());
		}

		problem(follow(bob), 429, "too-many-streams");
		problem(bob.stream("/agents/support/of-bob/turns", "say yes"), 429, "too-many-streams");
		open.forEach(Disposable::dispose);
		StepVerifier
			.create(Flux.interval(Duration.ofMillis(20)).filter((tick) -> this.streams.openStreams() == 0).next())
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);

		StepVerifier.create(events(bob.stream("/agents/support/of-bob/turns", "say yes")).last())
			.assertNext((last) -> assertThat(last.event()).isEqualTo("turn-completed"))
			.expectComplete()
			.verify(SOON);
		follow(bob).expectStatus().isOk();
	}

	private static ResponseSpec follow(DeskClient client) {
		return client.get("/agents/support/of-bob/events", MediaType.TEXT_EVENT_STREAM);
	}

	@Test
	void aBodyThatNeverEndsIsNotWaitedFor() throws IOException {
		assertThat(raw("""
				POST /agents/support/slow/turns HTTP/1.1
				Host: localhost
				Content-Type: application/json
				Content-Length: 1000

				{"input": "sa""", 12)).startsWith("HTTP/1.1 408");
		assertThat(this.system.typeOf(AgentPath.of("/desk/support/slow"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Idempotency-Key: a\rSet-Cookie: b=c", "Last-Event-ID: 1\rSet-Cookie: b=c",
			"Idempotency-Key: a\u0000b" })
	void headersCannotBeSmuggledIn(String header) throws IOException {
		String answer = raw("""
				POST /agents/triage/turns HTTP/1.1
				Host: localhost
				Content-Type: application/json
				Content-Length: 20
				Connection: close
				""" + header + """


				{"input": "say yes"}""", 4096);

		assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Set-Cookie");
	}

	@ParameterizedTest
	@MethodSource
	void namesThatTryToBeMoreAreNoSessions(String name) throws IOException {
		String answer = raw("""
				POST /agents/support/%s/turns HTTP/1.1
				Host: localhost
				Content-Type: application/json
				Content-Length: 20
				Connection: close

				{"input": "say yes"}""".formatted(name), 8192);

		assertThat(answer).matches("(?s)HTTP/1\\.1 40[034] .*").doesNotContain("Set-Cookie");
		assertThat(this.system.tree().toString()).doesNotContain("Set-Cookie", "passwd");
	}

	static Stream<String> namesThatTryToBeMoreAreNoSessions() {
		return Stream.of("a%0d%0aSet-Cookie:%20b=c", "..%2f..%2fetc%2fpasswd", "..%252f..%252fpasswd%2f", "%2e%2e",
				"a%00passwd", "x".repeat(300), "%e2%80%a8", "..;/passwd");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "99999999999999999999", "0x10", "١٢", "1; drop table switchboard_event", "NaN" })
	void anEventIdThatIsNoneIsUnknown(String id) {
		this.desk.ask("/agents/support/ids/turns", "say yes").expectStatus().isOk();

		StepVerifier
			.create(events(this.desk.get("/agents/support/ids/events", MediaType.TEXT_EVENT_STREAM,
					(headers) -> headers.set("Last-Event-ID", id)))
				.next())
			.assertNext((first) -> assertThat(first.event()).isEqualTo("gap"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void anAnswerWithAScriptIsDataAndNoPage() {
		ResponseSpec json = this.desk.ask("/agents/support/script/turns", "say " + SCRIPT);
		json.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff");
		json.expectBody().jsonPath("$.answer").isEqualTo(SCRIPT);

		ResponseSpec stream = this.desk.stream("/agents/support/script/turns", "say " + SCRIPT + "\n\nevent: forged\n");
		stream.expectHeader().valueEquals("X-Content-Type-Options", "nosniff");
		StepVerifier.create(events(stream).map(ServerSentEvent::event).collectList())
			.assertNext((events) -> assertThat(events).doesNotContain("forged")
				.endsWith("turn-completed")
				.startsWith("turn-started"))
			.expectComplete()
			.verify(SOON);
		this.desk.get("/agents/support/script")
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff");
		problem(this.desk.send("/agents/" + "%3Cscript%3E" + "/turns", "application/json", "{\"input\": \"x\"}"), 404,
				"unknown-agent");
		this.desk.get("/agents/%3Cscript%3E/x").expectHeader().valueEquals("X-Content-Type-Options", "nosniff");
	}

	@ParameterizedTest
	@ValueSource(strings = { "crash ", "crash-at-once ", "fail ", "unknown-word " })
	void whatWasSaidIsNotTold(String word, CapturedOutput output) {
		StringBuilder told = new StringBuilder();
		told.append(body(this.desk.ask("/agents/support/quiet/turns", word + SECRET)));
		told.append(body(this.desk.send("/agents/support/quiet/turns", "application/json", "{\"input\": " + SECRET)));
		told.append(body(this.desk.send("/agents/support/quiet/turns", "text/" + SECRET, SECRET)));
		for (String endpoint : List.of("agents", "agents/desk/support/quiet", "health", "metrics",
				"metrics/switchboard.restarts", "env", "configprops", "beans", "loggers", "mappings")) {
			told.append(body(this.desk.get("/actuator/" + endpoint)));
		}

		assertThat(told).contains("\"status\":").doesNotContain(SECRET, "order of Ms Smith");
		assertThat(output).doesNotContain(SECRET).doesNotContain("order of Ms Smith");
	}

	private static String body(ResponseSpec response) {
		return String.valueOf(response.expectBody(String.class).returnResult().getResponseBody());
	}

	private String raw(String request, int most) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.replaceAll("(?<!\r)\n", "\r\n").getBytes(UTF_8));
			socket.getOutputStream().flush();
			InputStream in = socket.getInputStream();
			return new String(in.readNBytes(most), UTF_8);
		}
	}

	/** As it is unless told otherwise, and not as most tests want it. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Hiding {

		@Bean
		@Primary
		Sanitizer hidingSanitizer() {
			return Sanitizer.hiding();
		}

	}

}
