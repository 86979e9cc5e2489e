package io.switchboard.autoconfigure.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link OkHttpCalls}.
 */
class OkHttpCallsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final FakeProvider provider = FakeProvider.start();

	private final OkHttpCalls calls = new OkHttpCalls();

	private final OkHttpClient client = new OkHttpClient.Builder().addInterceptor(this.calls).build();

	private final AtomicInteger heard = new AtomicInteger();

	@AfterEach
	void close() {
		this.client.dispatcher().executorService().shutdown();
		this.provider.close();
	}

	@Test
	void whatIsReadIsHeard() {
		this.provider.enqueue(Reply.answer("Hello"));

		StepVerifier.create(this.calls.follow(this.heard::incrementAndGet, (id) -> read(id).flux()))
			.assertNext((body) -> assertThat(body).contains("Hello"))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.heard).hasPositiveValue();
	}

	@Test
	void whatIsReadAfterTheEndIsNotHeard() throws IOException {
		this.provider.enqueue(Reply.answer("Hello"));

		try (Response response = this.calls
			.follow(this.heard::incrementAndGet,
					(id) -> Mono.fromCallable(() -> this.client.newCall(request(id)).execute()).flux())
			.blockLast(LIMIT)) {
			assertThat(response).isNotNull();
			assertThat(response.body().string()).contains("Hello");
		}

		assertThat(this.heard).hasValue(0);
	}

	@Test
	void aCallThatIsCancelledBeforeItIsSentIsNotSent() {
		AtomicReference<String> mark = new AtomicReference<>("");
		StepVerifier.create(this.calls.follow(this.heard::incrementAndGet, (id) -> {
			mark.set(id);
			return Flux.never();
		})).thenCancel().verify(LIMIT);

		assertThatIOException().isThrownBy(() -> send(mark.get())).withMessageContaining("over before it was sent");
		assertThat(this.provider.exchanges()).isEmpty();
	}

	@Test
	void aRequestOfACancelledCallFails() throws Exception {
		this.provider.otherwise(Reply.silence());
		CompletableFuture<String> answer = new CompletableFuture<>();

		StepVerifier.create(this.calls.follow(this.heard::incrementAndGet, (id) -> {
			CompletableFuture.<String>supplyAsync(() -> sent(id))
				.whenComplete((body, ex) -> answer.complete((ex != null) ? ex.toString() : body));
			return Flux.never();
		})).then(() -> assertThat(this.provider.exchange(1)).succeedsWithin(LIMIT)).thenCancel().verify(LIMIT);

		assertThat(answer.get(60, TimeUnit.SECONDS)).contains("UncheckedIOException");
		assertThat(this.provider.exchange(1).get(60, TimeUnit.SECONDS).clientClose()).succeedsWithin(LIMIT);
	}

	@Test
	void theEndOfTheConnectionIsNotTheEndOfTheAnswer() {
		TestPublisher<String> client = TestPublisher.createNoncompliant(TestPublisher.Violation.DEFER_CANCELLATION);
		AtomicBoolean completed = new AtomicBoolean();

		StepVerifier
			.create(this.calls.follow(this.heard::incrementAndGet, (id) -> client.flux())
				.doOnComplete(() -> completed.set(true)))
			.thenCancel()
			.verify(LIMIT);
		client.complete();

		assertThat(completed).isFalse();
	}

	@Test
	void eachSubscriptionIsACallOfItsOwn() {
		AtomicInteger marks = new AtomicInteger();
		Flux<String> call = this.calls.follow(this.heard::incrementAndGet, (id) -> Flux.just(id));

		StepVerifier.create(Flux.concat(call, call).distinct().doOnNext((id) -> marks.incrementAndGet()))
			.expectNextCount(2)
			.expectComplete()
			.verify(LIMIT);
		assertThat(marks).hasValue(2);
	}

	@Test
	void requestsOfOthersPass() throws IOException {
		this.provider.enqueue(Reply.answer("Hello"));

		assertThat(send(null)).contains("Hello");
		assertThat(this.heard).hasValue(0);
	}

	private String sent(String id) {
		try {
			return send(id);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Mono<String> read(String id) {
		return Mono.fromCallable(() -> send(id)).subscribeOn(Schedulers.boundedElastic());
	}

	private String send(@Nullable String id) throws IOException {
		try (Response response = this.client.newCall(request(id)).execute()) {
			return response.body().string();
		}
	}

	private Request request(@Nullable String id) {
		Request.Builder request = new Request.Builder().url(this.provider.baseUrl() + "/chat/completions")
			.post(RequestBody.create("{\"messages\":[]}", MediaType.get("application/json")));
		if (id != null) {
			request.header(OkHttpCalls.HEADER, id);
		}
		return request.build();
	}

}
