package io.switchboard.test.provider;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Faults reach the client as the network and the protocol would bring them.
 */
class FakeProviderFaultTests {

	private final FakeProvider provider = FakeProvider.start();

	private final ChatCalls calls = new ChatCalls(this.provider);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest(name = "{1} {2}")
	@MethodSource
	void errorsHaveTheirStatusAndOpenAisBody(ProviderError error, int status, String code) {
		this.provider.enqueue(error, error);

		HttpResponse<String> called = this.calls.call("Hi");
		HttpResponse<String> streamed = this.calls.stream("Hi");

		assertThat(called.statusCode()).isEqualTo(status);
		assertThat(streamed.statusCode()).isEqualTo(status);
		JsonNode body = ChatCalls.json(streamed.body()).path("error");
		assertThat(body.path("code").asString()).isEqualTo(code);
		assertThat(body.path("type").asString()).isNotEmpty();
		assertThat(body.path("message").asString()).isNotEmpty();
	}

	static Stream<Arguments> errorsHaveTheirStatusAndOpenAisBody() {
		return Stream.of(Arguments.of(Reply.rateLimited(Duration.ofSeconds(2)), 429, "rate_limit_exceeded"),
				Arguments.of(Reply.serverError(), 500, "internal_error"),
				Arguments.of(Reply.overloaded(), 503, "overloaded"),
				Arguments.of(Reply.contextLengthExceeded(), 400, "context_length_exceeded"),
				Arguments.of(Reply.unauthorized(), 401, "invalid_api_key"),
				Arguments.of(Reply.error(418, "teapot", "short_and_stout", "No coffee"), 418, "short_and_stout"));
	}

	@Test
	void aRateLimitTellsTheTimeToWaitInWholeSeconds() {
		this.provider.enqueue(Reply.rateLimited(Duration.ofMillis(1500)));

		assertThat(this.calls.call("Hi").headers().firstValue("Retry-After")).hasValue("2");
	}

	@Test
	void seesTheClientCloseAStalledStream() {
		this.provider.enqueue(Reply.stream("a", "b", "c").stallingAfter(2));
		Stream<String> lines = this.calls.lines("Hi").join().body();
		Iterator<String> line = lines.iterator();
		List<String> read = new ArrayList<>();
		while (read.size() < 6) {
			read.add(line.next());
		}
		Exchange exchange = this.provider.exchange(1).join();

		assertThat(exchange.outcome()).isEqualTo(ExchangeOutcome.OPEN);
		assertThat(exchange.tokensSent()).isEqualTo(2);
		lines.close();

		assertThat(exchange.clientClose()).succeedsWithin(ChatCalls.LIMIT)
			.satisfies((close) -> assertThat(close.at()).isEqualTo(exchange.receivedAt().plus(close.afterRequest())));
		assertThat(exchange.outcome()).isEqualTo(ExchangeOutcome.CLOSED_BY_CLIENT);
	}

	@Test
	void seesTheClientGiveUpBeforeAnyByte() {
		this.provider.enqueue(Reply.silence());
		CompletableFuture<?> response = this.calls.lines("Hi");
		Exchange exchange = this.provider.exchange(1).join();

		response.cancel(true);

		assertThat(exchange.clientClose()).succeedsWithin(ChatCalls.LIMIT);
	}

	@Test
	void seesTheClientCloseASlowStream() {
		this.provider.enqueue(Reply.answer("word ".repeat(500)).withPace(Duration.ofMillis(20)));
		Stream<String> lines = this.calls.lines("Hi").join().body();

		lines.close();

		Exchange exchange = this.provider.exchange(1).join();
		assertThat(exchange.clientClose()).succeedsWithin(ChatCalls.LIMIT);
		assertThat(exchange.tokensSent()).isLessThan(500);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void cutsAStreamAfterSomeTokens(boolean reset) {
		Completion answer = Reply.stream("a", "b", "c");
		this.provider.enqueue(reset ? answer.resettingAfter(2) : answer.closingAfter(2));

		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.calls.stream("Hi"))
			.withCauseInstanceOf(IOException.class);

		Exchange exchange = this.provider.exchange(1).join();
		assertThat(exchange.finished()).succeedsWithin(ChatCalls.LIMIT).isEqualTo(ExchangeOutcome.CUT);
		assertThat(exchange.tokensSent()).isEqualTo(2);
		assertThat(exchange.clientClose()).failsWithin(ChatCalls.LIMIT)
			.withThrowableThat()
			.withMessageContaining("it ended as CUT");
	}

	@Test
	void cutsAnAnswerInOnePieceInItsMiddle() {
		this.provider.enqueue(Reply.answer("Hello").closingAfter(0),
				Reply.answer("Hello").with(new Interruption(Fault.RESET, Interruption.BEFORE_HEADERS)));

		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.calls.call("Hi"))
			.withCauseInstanceOf(IOException.class);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.calls.call("Hi"))
			.withCauseInstanceOf(IOException.class);
	}

	@Test
	void sendsABodyThatBreaksOff() {
		this.provider.enqueue(Reply.answer("Hello").malformedAfter(0));

		HttpResponse<String> response = this.calls.call("Hi");

		assertThat(response.statusCode()).isEqualTo(200);
		assertThatExceptionOfType(HttpFault.class).isThrownBy(() -> ChatCalls.json(response.body()));
	}

	@Test
	void sendsAChunkThatBreaksOff() {
		this.provider.enqueue(Reply.stream("a", "b").malformedAfter(1));

		List<String> events = ChatCalls.events(this.calls.stream("Hi").body());

		assertThat(ChatCalls.json(events.get(1)).at("/choices/0/delta/content").asString()).isEqualTo("a");
		assertThatExceptionOfType(HttpFault.class).isThrownBy(() -> ChatCalls.json(events.get(2)));
		assertThat(events).last().isEqualTo("[DONE]");
	}

	@Test
	void keepsItsDelayAndItsPace() {
		Completion slow = Reply.stream("a", "b", "c")
			.withDelay(Duration.ofMillis(100))
			.withPace(Duration.ofMillis(100));
		this.provider.enqueue(slow, slow, Reply.overloaded().withDelay(Duration.ofMillis(100)));

		assertThat(time(() -> this.calls.stream("Hi"))).isGreaterThan(Duration.ofMillis(299));
		assertThat(time(() -> this.calls.call("Hi"))).isGreaterThan(Duration.ofMillis(299));
		assertThat(time(() -> this.calls.call("Hi"))).isGreaterThan(Duration.ofMillis(99));
	}

	@Test
	void asksForToolsWithoutEnd() {
		this.provider.otherwise(Reply.toolCall("orderLookup", "{}"));

		List<String> reasons = Stream.generate(() -> ChatCalls.json(this.calls.call("Hi").body()))
			.limit(5)
			.map((body) -> body.at("/choices/0/finish_reason").asString())
			.toList();

		assertThat(reasons).hasSize(5).containsOnly("tool_calls");
	}

	@Test
	void closingTheProviderCutsWhatIsStalled() {
		this.provider.enqueue(Reply.silence());
		CompletableFuture<?> response = this.calls.lines("Hi");
		Exchange exchange = this.provider.exchange(1).join();

		this.provider.close();

		assertThat(response).failsWithin(ChatCalls.LIMIT);
		assertThat(exchange.outcome()).isEqualTo(ExchangeOutcome.CUT);
		assertThat(this.provider.openConnections()).isZero();
	}

	private static Duration time(Runnable action) {
		long start = System.nanoTime();
		action.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
