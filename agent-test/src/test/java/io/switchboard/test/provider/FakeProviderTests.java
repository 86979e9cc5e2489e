package io.switchboard.test.provider;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the provider says is OpenAI's chat completion protocol.
 */
class FakeProviderTests {

	private final FakeProvider provider = FakeProvider.start();

	private final ChatCalls calls = new ChatCalls(this.provider);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void answersInOnePiece() {
		this.provider.enqueue(Reply.answer("Hello over there").withUsage(11, 3));

		HttpResponse<String> response = this.calls.call("Hi");

		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode body = ChatCalls.json(response.body());
		assertThat(body.at("/object").asString()).isEqualTo("chat.completion");
		assertThat(body.at("/choices/0/message/content").asString()).isEqualTo("Hello over there");
		assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(14);
	}

	@Test
	void streamsTokensThenTheReasonThenTheUsageThenTheEnd() {
		this.provider.enqueue(Reply.stream("Hel", "lo"));

		HttpResponse<String> response = this.calls.stream("Hi");

		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
		List<String> events = ChatCalls.events(response.body());
		assertThat(events).hasSize(6).last().isEqualTo("[DONE]");
		List<JsonNode> chunks = events.subList(0, 5).stream().map(ChatCalls::json).toList();
		assertThat(chunks.get(0).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
		assertThat(chunks.get(1).at("/choices/0/delta/content").asString()).isEqualTo("Hel");
		assertThat(chunks.get(2).at("/choices/0/delta/content").asString()).isEqualTo("lo");
		assertThat(chunks.get(3).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		assertThat(chunks.get(4).at("/choices").isEmpty()).isTrue();
		assertThat(chunks.get(4).at("/usage/completion_tokens").asInt()).isEqualTo(2);
	}

	@Test
	void asksForToolsInOnePiece() {
		this.provider.enqueue(Reply.toolCall("orderLookup", "{\"id\":1}").andToolCall("priceOf", "{}"));

		JsonNode body = ChatCalls.json(this.calls.call("Hi").body());

		assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
		assertThat(body.at("/choices/0/message/content").isNull()).isTrue();
		JsonNode tools = body.at("/choices/0/message/tool_calls");
		assertThat(tools.size()).isEqualTo(2);
		assertThat(tools.at("/0/function/name").asString()).isEqualTo("orderLookup");
		assertThat(tools.at("/0/function/arguments").asString()).isEqualTo("{\"id\":1}");
	}

	@Test
	void streamsToolCallsAsNameAndFragments() {
		this.provider.enqueue(Reply.toolCall("orderLookup", "{\"id\":\"ORD-1\"}"));

		List<String> events = ChatCalls.events(this.calls.stream("Hi").body());

		List<JsonNode> deltas = events.subList(1, 4)
			.stream()
			.map((event) -> ChatCalls.json(event).at("/choices/0/delta/tool_calls/0"))
			.toList();
		assertThat(deltas.get(0).at("/id").asString()).isEqualTo("call_1_0");
		assertThat(deltas.get(0).at("/function/name").asString()).isEqualTo("orderLookup");
		assertThat(
				deltas.get(1).at("/function/arguments").asString() + deltas.get(2).at("/function/arguments").asString())
			.isEqualTo("{\"id\":\"ORD-1\"}");
	}

	@Test
	void recordsWhatTheClientAsked() {
		this.provider.otherwise(Reply.answer("yes"));

		this.calls.stream("Where is ORD-1?");

		Exchange exchange = this.provider.exchange(1).join();
		assertThat(exchange.request().lastUserText()).isEqualTo("Where is ORD-1?");
		assertThat(exchange.request().model()).isEqualTo("fake-model");
		assertThat(exchange.request().streamed()).isTrue();
		assertThat(exchange.request().header("Content-Type")).isEqualTo("application/json");
		assertThat(exchange.request().messages()).hasSize(1);
		assertThat(exchange.finished()).succeedsWithin(ChatCalls.LIMIT).isEqualTo(ExchangeOutcome.ANSWERED);
		assertThat(this.provider.exchanges()).containsExactly(exchange);
	}

	@Test
	void takesTheQueueInOrderAndThenWhatHappensOtherwise() {
		this.provider.enqueue(Reply.answer("first"))
			.enqueueWhen((request) -> request.lastUserText().contains("price"), Reply.answer("9 euros"))
			.otherwise((request) -> Reply.answer("echo " + request.lastUserText()));

		assertThat(content("a")).isEqualTo("first");
		assertThat(content("b")).isEqualTo("echo b");
		assertThat(content("the price")).isEqualTo("9 euros");
		assertThat(this.provider.queued()).isZero();
	}

	@Test
	void refusesARequestThatNothingIsScriptedFor() {
		HttpResponse<String> response = this.calls.call("Anybody?");

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(ChatCalls.json(response.body()).at("/error/message").asString())
			.contains("No reply is queued for the user message 'Anybody?'");
	}

	@Test
	void answersWithAnErrorWhenTheScriptItselfFails() {
		this.provider.otherwise((request) -> {
			throw new IllegalStateException("bug in the test");
		});

		HttpResponse<String> response = this.calls.call("Hi");

		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("bug in the test");
	}

	@Test
	void listsItsModels() {
		HttpResponse<String> response = this.calls.send(this.calls.request("/v1/models").build());

		assertThat(ChatCalls.json(response.body()).at("/data/0/id").asString()).isEqualTo("fake-model");
	}

	@Test
	void saysWhatItServesWhenAskedForAnythingElse() {
		HttpResponse<String> unknown = this.calls.send(this.calls.request("/v1/embeddings").build());
		HttpResponse<String> wrongMethod = this.calls.send(this.calls.request("/v1/chat/completions").build());

		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(unknown.body()).contains("/v1/chat/completions", "'/v1/embeddings'");
		assertThat(wrongMethod.statusCode()).isEqualTo(405);
	}

	@Test
	void namesThePortThatIsTaken() {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> FakeProvider.start(this.provider.port()))
			.withMessageContaining("127.0.0.1:" + this.provider.port());
	}

	private String content(String text) {
		return ChatCalls.json(this.calls.call(text).body()).at("/choices/0/message/content").asString();
	}

}
