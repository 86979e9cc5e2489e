package io.switchboard.test.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The provider as a process of its own, driven over HTTP alone.
 */
class FakeProviderMainTests {

	@Test
	void printsItsPortAndObeysTheControl() throws Exception {
		try (ProviderProcess provider = ProviderProcess.start("--port=0", "--scenario=steady:tokens=3,pace=1ms")) {
			queueFaultsAndSeeThemHappen(provider);
			orderAnyErrorAndAnyText(provider);
			changeTheScenario(provider);
			refuseAnUnknownFault(provider);
		}
	}

	@Test
	void saysWhichOptionItDoesNotKnow() {
		ByteArrayOutputStream errors = new ByteArrayOutputStream();

		FakeProvider provider = FakeProviderMain.run(System.out, new PrintStream(errors), "--host=0.0.0.0");

		assertThat(provider).isNull();
		assertThat(errors.toString()).contains("--port=NUMBER", "'--host=0.0.0.0'");
	}

	private void queueFaultsAndSeeThemHappen(ProviderProcess provider) throws IOException {
		JsonNode queued = provider.order("""
				[{"fault": "rate-limited", "retryAfter": 7, "contains": "limit"},
				{"fault": "malformed", "after": 1}]""");
		assertThat(queued.path("queued").asInt()).isEqualTo(2);

		HttpResponse<String> broken = provider.exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true));
		HttpResponse<String> limited = provider.exchange("POST", "/v1/chat/completions",
				ChatCalls.body("limit", false));
		HttpResponse<String> healthy = provider.exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true));

		assertThat(ChatCalls.events(broken.body())).hasSize(6).last().isEqualTo("[DONE]");
		assertThat(limited.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(ChatCalls.events(healthy.body())).hasSize(7).allSatisfy((event) -> {
			if (!event.equals("[DONE]")) {
				assertThat(ChatCalls.json(event).isObject()).isTrue();
			}
		});
		JsonNode exchanges = provider.send("GET", "/control/exchanges", "");
		assertThat(exchanges.size()).isEqualTo(3);
		assertThat(exchanges.at("/0/tokensSent").asInt()).isEqualTo(1);
		assertThat(exchanges.at("/2/outcome").asString()).isEqualTo("ANSWERED");
		assertThat(provider.send("GET", "/control/connections", "").path("open").asInt()).isEqualTo(1);
	}

	private void orderAnyErrorAndAnyText(ProviderProcess provider) throws IOException {
		provider.order("""
				[{"fault": "status", "status": 402, "type": "billing_error", "code": "402", "message": "No credit"},
				{"fault": "answer", "tokens": ["a", "", "b"], "finishReason": "content_filter"},
				{"fault": "close", "tokens": ["a", "b"], "after": 1}]""");

		HttpResponse<String> declined = provider.exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true));
		JsonNode filtered = provider.send("POST", "/v1/chat/completions", ChatCalls.body("Hi again", false));
		assertThatThrownBy(() -> provider.exchange("POST", "/v1/chat/completions", ChatCalls.body("Hi", true)))
			.isInstanceOf(IOException.class);

		assertThat(declined.statusCode()).isEqualTo(402);
		assertThat(ChatCalls.json(declined.body()).at("/error/message").asString()).isEqualTo("No credit");
		assertThat(filtered.at("/choices/0/message/content").asString()).isEqualTo("ab");
		assertThat(filtered.at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
		List<JsonNode> requests = provider.requests();
		assertThat(requests).hasSize(6);
		assertThat(requests.get(4).path("protocol").asString()).isEqualTo("OPENAI");
		assertThat(requests.get(4).at("/body/messages/0/content").asString()).isEqualTo("Hi again");
		assertThat(provider.send("GET", "/control/exchanges", "").at("/5/tokensSent").asInt()).isEqualTo(1);
	}

	private void changeTheScenario(ProviderProcess provider) {
		provider.order("{\"fault\": \"silence\", \"times\": 3}");
		provider.recover();
		provider.send("PUT", "/control/scenario", "{\"scenario\": \"echo:pace=0ms\"}");

		JsonNode body = provider.send("POST", "/v1/chat/completions", ChatCalls.body("say it again", false));

		assertThat(body.at("/choices/0/message/content").asString()).isEqualTo("say it again");
	}

	private void refuseAnUnknownFault(ProviderProcess provider) throws IOException {
		HttpResponse<String> fault = provider.exchange("POST", "/control/faults", "{\"fault\": \"fire\"}");
		HttpResponse<String> times = provider.exchange("POST", "/control/faults",
				"{\"fault\": \"stall\", \"after\": -9}");
		HttpResponse<String> status = provider.exchange("POST", "/control/faults",
				"{\"fault\": \"status\", \"status\": 200}");

		assertThat(fault.statusCode()).isEqualTo(400);
		assertThat(fault.body()).contains("'fault' must be one of [answer, close, ", "but was 'fire'");
		assertThat(times.statusCode()).isEqualTo(400);
		assertThat(status.statusCode()).isEqualTo(400);
		assertThat(status.body()).contains("'status' must be 400 to 599, but was 200");
	}

}
