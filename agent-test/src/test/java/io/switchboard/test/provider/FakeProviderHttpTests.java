package io.switchboard.test.provider;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways in which a client may send its request.
 */
class FakeProviderHttpTests {

	private final FakeProvider provider = FakeProvider.start().otherwise(Reply.answer("yes"));

	private final ChatCalls calls = new ChatCalls(this.provider);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void keepsTheConnectionForTheNextRequest() {
		this.calls.call("one");
		this.calls.stream("two");
		HttpResponse<String> response = this.calls.call("three");

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.provider.exchanges()).hasSize(3);
		assertThat(this.provider.openConnections()).isEqualTo(1);
	}

	@Test
	void readsABodyInChunks() {
		byte[] body = Http.utf8(ChatCalls.body("x".repeat(100_000), false));

		HttpResponse<String> response = this.calls
			.send(this.calls.post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

		assertThat(response.statusCode()).isEqualTo(200);
		ChatRequest request = this.provider.exchanges().get(0).request();
		assertThat(request.header("Transfer-Encoding")).isEqualTo("chunked");
		assertThat(request.lastUserText()).hasSize(100_000);
	}

	@Test
	void asksAClientThatWaitsForItsBody() {
		HttpResponse<String> response = this.calls.send(this.calls.request("/v1/chat/completions")
			.expectContinue(true)
			.POST(BodyPublishers.ofString(ChatCalls.body("Hi", false)))
			.build());

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.provider.exchanges()).hasSize(1);
	}

	@Test
	void refusesABodyThatIsNotJson() {
		HttpResponse<String> response = this.calls.send(this.calls.post(BodyPublishers.ofString("{\"messages\": [")));

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(ChatCalls.json(response.body()).at("/error/type").asString()).isEqualTo("invalid_request_error");
		assertThat(this.provider.exchanges()).isEmpty();
	}

	@Test
	void keepsTheConnectionAfterARefusal() {
		this.calls.send(this.calls.post(BodyPublishers.ofString("{}")));

		assertThat(this.calls.call("Hi").statusCode()).isEqualTo(200);
		assertThat(this.provider.openConnections()).isEqualTo(1);
	}

}
