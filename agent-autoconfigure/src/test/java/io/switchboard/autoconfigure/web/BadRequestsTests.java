package io.switchboard.autoconfigure.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.AgentTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;

import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for requests that are wrong: each is told what to do, and no agent notices.
 */
@DeskTest
class BadRequestsTests {

	private static final String JSON = "application/json";

	private static final String YES = "{\"input\": \"say yes\"}";

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@ParameterizedTest(name = "{0} {1} {2}")
	@MethodSource("badRequests")
	void badRequestIsExplained(String path, String contentType, String body, int status, String type, String advice) {
		problem(this.desk.send(path, contentType, body), status, type).jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains(advice));

		assertThat(this.system.typeOf(AgentPath.of("/desk/support/bad"))).isNull();
	}

	static Stream<Arguments> badRequests() {
		String turns = "/agents/support/bad/turns";
		return Stream.of(arguments("/agents/nobody/turns", JSON, YES, 404, "unknown-agent", "Check the spelling"),
				arguments("/agents/suport/turns", JSON, YES, 404, "unknown-agent", "Did you mean 'support'?"),
				arguments("/agents/suport/bad/turns", JSON, YES, 404, "unknown-agent", "Did you mean 'support'?"),
				arguments("/agents/triage/bad/turns", JSON, YES, 404, "no-sessions", "Send turns to it without one"),
				arguments("/agents/counter/turns", JSON, YES, 400, "no-turns", "Integer"),
				arguments("/agents/support/%20/turns", JSON, YES, 400, "invalid-session", "1 to 255 characters"),
				arguments("/agents/support/a%2Fb/turns", JSON, YES, 400, "invalid-session", "without slash"),
				arguments("/agents/support/%2E%2E/turns", JSON, YES, 400, "invalid-session", "another name"),
				arguments("/agents/support/" + "x".repeat(256) + "/turns", JSON, YES, 400, "invalid-session",
						"1 to 255 characters"),
				arguments("/agents/support/approvals/turns", JSON, YES, 400, "invalid-session", "another name"),
				arguments(turns, JSON, "", 400, "malformed-body", "{\"input\""),
				arguments(turns, JSON, "{\"input\": \"say", 400, "malformed-body", "{\"input\""),
				arguments(turns, JSON, "{\"input\": \"say yes\"} and more", 400, "malformed-body", "{\"input\""),
				arguments(turns, JSON, "\"say yes\"", 400, "malformed-body", "{\"input\""),
				arguments(turns, JSON, "[".repeat(20_000), 400, "malformed-body", "{\"input\""),
				arguments(turns, JSON, "{}", 400, "missing-input", "no 'input'"),
				arguments(turns, JSON, "{\"input\": null}", 400, "missing-input", "no 'input'"),
				arguments(turns, JSON, "{\"input\": 7}", 400, "missing-input", "no text"),
				arguments(turns, JSON, "{\"input\": {\"a\": 1}}", 400, "missing-input", "no text"),
				arguments(turns, JSON, "{\"input\": \" \\n\"}", 400, "missing-input", "blank"),
				arguments(turns, "text/plain", "say yes", 415, "unsupported-media-type", "application/json"),
				arguments(turns, "application/x-www-form-urlencoded", YES, 415, "unsupported-media-type",
						"application/json"));
	}

	@Test
	void inputOfTheLargestSizeIsTaken() {
		this.desk.ask("/agents/support/large-1/turns", "say " + "x".repeat(64 * 1024 - 4)).expectStatus().isOk();
	}

	@Test
	void inputOverTheLimitIsTooLarge() {
		problem(this.desk.ask("/agents/support/bad/turns", "say " + "x".repeat(64 * 1024 - 3)), 413, "input-too-large")
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("65536 bytes"));
	}

	@Test
	void limitIsInBytes() {
		problem(this.desk.ask("/agents/support/bad/turns", "€".repeat(22_000)), 413, "input-too-large");
	}

	@Test
	void bodyThatSaysItIsTooLargeIsNotRead() throws IOException {
		String answer = raw("""
				POST /agents/support/bad/turns HTTP/1.1
				Host: localhost
				Content-Type: application/json
				Content-Length: 100000000

				{""");

		assertThat(answer).startsWith("HTTP/1.1 413");
	}

	@Test
	void chunkedBodyIsReadUpToTheLimit() throws IOException {
		String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
		String answer = raw("""
				POST /agents/support/bad/turns HTTP/1.1
				Host: localhost
				Content-Type: application/json
				Transfer-Encoding: chunked

				""" + chunk.repeat(13));

		assertThat(answer).startsWith("HTTP/1.1 413");
	}

	@Test
	void formsOtherThanJsonAndEventsAreNotAcceptable() {
		problem(this.desk.ask("/agents/support/bad/turns", "say yes", (headers) -> headers.set("Accept", "text/html")),
				406, "not-acceptable");
		problem(this.desk.ask("/agents/support/bad/turns", "say yes", (headers) -> headers.set("Accept", "nonsense")),
				406, "not-acceptable");
	}

	@Test
	void idempotencyKeyMayNotBeBlankOrEndless() {
		problem(this.desk.ask("/agents/support/bad/turns", "say yes",
				(headers) -> headers.set("Idempotency-Key", "k".repeat(256))), 400, "invalid-idempotency-key");
		problem(this.desk.ask("/agents/support/bad/turns", "say yes", (headers) -> headers.set("Idempotency-Key", "")),
				400, "invalid-idempotency-key");
	}

	@Test
	void noAgentNoticesBadRequests() {
		this.desk.ask("/agents/triage/turns", "say yes").expectStatus().isOk();
		AgentTree before = this.system.tree();

		this.desk.send("/agents/triage/turns", JSON, "{");
		this.desk.send("/agents/triage/turns", JSON, "{\"input\": \"\"}");
		this.desk.send("/agents/counter/turns", JSON, YES);
		this.desk.get("/agents/support/bad/events", MediaType.APPLICATION_JSON);

		assertThat(this.system.tree()).isEqualTo(before);
	}

	private String raw(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(5000);
			socket.getOutputStream().write(request.replaceAll("(?<!\r)\n", "\r\n").getBytes(UTF_8));
			socket.getOutputStream().flush();
			InputStream in = socket.getInputStream();
			return new String(in.readNBytes(12), UTF_8);
		}
	}

}
