package io.switchboard.test.provider;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The provider as a process of its own, driven over HTTP alone.
 */
class FakeProviderMainTests {

	private final HttpClient client = HttpClient.newHttpClient();

	private String root = "";

	@Test
	void printsItsPortAndObeysTheControl() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), FakeProviderMain.class.getName(), "--port=0",
				"--scenario=steady:tokens=3,pace=1ms")
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = process.inputReader()) {
			this.root = "http://127.0.0.1:" + Integer.parseInt(output.readLine());

			queueFaultsAndSeeThemHappen();
			orderAnyErrorAndAnyText();
			changeTheScenario();
			refuseAnUnknownFault();
		}
		finally {
			process.destroy();
		}
		assertThat(process.waitFor(ChatCalls.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void saysWhichOptionItDoesNotKnow() {
		ByteArrayOutputStream errors = new ByteArrayOutputStream();

		FakeProvider provider = FakeProviderMain.run(System.out, new PrintStream(errors), "--host=0.0.0.0");

		assertThat(provider).isNull();
		assertThat(errors.toString()).contains("--port=NUMBER", "'--host=0.0.0.0'");
	}

	private void queueFaultsAndSeeThemHappen() throws IOException, InterruptedException {
		JsonNode queued = send("POST", "/control/faults", """
				[{"fault": "rate-limited", "retryAfter": 7, "contains": "limit"},
				{"fault": "malformed", "after": 1}]""");
		assertThat(queued.path("queued").asInt()).isEqualTo(2);

		HttpResponse<String> broken = exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true));
		HttpResponse<String> limited = exchange("POST", "/v1/chat/completions", ChatCalls.body("limit", false));
		HttpResponse<String> healthy = exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true));

		assertThat(ChatCalls.events(broken.body())).hasSize(6).last().isEqualTo("[DONE]");
		assertThat(limited.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(ChatCalls.events(healthy.body())).hasSize(7).allSatisfy((event) -> {
			if (!event.equals("[DONE]")) {
				assertThat(ChatCalls.json(event).isObject()).isTrue();
			}
		});
		JsonNode exchanges = send("GET", "/control/exchanges", "");
		assertThat(exchanges.size()).isEqualTo(3);
		assertThat(exchanges.at("/0/tokensSent").asInt()).isEqualTo(1);
		assertThat(exchanges.at("/2/outcome").asString()).isEqualTo("ANSWERED");
		assertThat(send("GET", "/control/connections", "").path("open").asInt()).isEqualTo(1);
	}

	private void orderAnyErrorAndAnyText() throws IOException, InterruptedException {
		send("POST", "/control/faults", """
				[{"fault": "status", "status": 402, "type": "billing_error", "code": "402", "message": "No credit"},
				{"fault": "answer", "tokens": ["a", "", "b"], "finishReason": "content_filter"},
				{"fault": "close", "tokens": ["a", "b"], "after": 1}]""");

		HttpResponse<String> declined = exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true));
		JsonNode filtered = send("POST", "/v1/chat/completions", ChatCalls.body("Hi again", false));
		assertThatThrownBy(() -> exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true)))
			.isInstanceOf(IOException.class);

		assertThat(declined.statusCode()).isEqualTo(402);
		assertThat(ChatCalls.json(declined.body()).at("/error/message").asString()).isEqualTo("No credit");
		assertThat(filtered.at("/choices/0/message/content").asString()).isEqualTo("ab");
		assertThat(filtered.at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
		JsonNode requests = send("GET", "/control/requests", "");
		assertThat(requests.size()).isEqualTo(6);
		assertThat(requests.at("/4/protocol").asString()).isEqualTo("OPENAI");
		assertThat(requests.at("/4/body/messages/0/content").asString()).isEqualTo("Hi again");
		assertThat(send("GET", "/control/exchanges", "").at("/5/tokensSent").asInt()).isEqualTo(1);
	}

	private void changeTheScenario() throws IOException, InterruptedException {
		send("POST", "/control/faults", "{\"fault\": \"silence\", \"times\": 3}");
		send("DELETE", "/control/faults", "");
		send("PUT", "/control/scenario", "{\"scenario\": \"echo:pace=0ms\"}");

		JsonNode body = send("POST", "/v1/chat/completions", ChatCalls.body("say it again", false));

		assertThat(body.at("/choices/0/message/content").asString()).isEqualTo("say it again");
	}

	private void refuseAnUnknownFault() throws IOException, InterruptedException {
		HttpResponse<String> fault = exchange("POST", "/control/faults", "{\"fault\": \"fire\"}");
		HttpResponse<String> times = exchange("POST", "/control/faults", "{\"fault\": \"stall\", \"after\": -9}");
		HttpResponse<String> status = exchange("POST", "/control/faults", "{\"fault\": \"status\", \"status\": 200}");

		assertThat(fault.statusCode()).isEqualTo(400);
		assertThat(fault.body()).contains("'fault' must be one of [answer, close, ", "but was 'fire'");
		assertThat(times.statusCode()).isEqualTo(400);
		assertThat(status.statusCode()).isEqualTo(400);
		assertThat(status.body()).contains("'status' must be 400 to 599, but was 200");
	}

	private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
		HttpResponse<String> response = exchange(method, path, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return ChatCalls.json(response.body());
	}

	private HttpResponse<String> exchange(String method, String path, String body)
			throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(this.root + path))
			.method(method, BodyPublishers.ofString(body))
			.timeout(ChatCalls.LIMIT)
			.build(), BodyHandlers.ofString());
	}

}
