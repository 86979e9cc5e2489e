package io.switchboard.ai;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.test.provider.Completion;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Fault;
import io.switchboard.test.provider.Interruption;
import io.switchboard.test.provider.ModelClient;
import io.switchboard.test.provider.ProviderError;
import io.switchboard.test.provider.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * What is made of the exceptions of Spring AI's real clients, for each failure of a
 * provider on a real socket. No client tries again by itself.
 */
class FailuresOverHttpTests {

	private static final ProviderError LIMITED = Reply.error(429, "requests", "rate_limit_exceeded", "Slow down");

	private static final ProviderError FILTERED = Reply.error(400, "invalid_request_error", "content_filter",
			"The response was filtered due to the content management policy");

	private static final ProviderError NONSENSE = Reply.error(400, "invalid_request_error", "nonsense",
			"Unknown parameter");

	private static final ProviderError LATE = Reply.error(504, "timeout_error", "timeout", "Too slow");

	private static final Completion ANSWER = Reply.stream("a", "b", "c");

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aStreamFails(ModelClient client, Reply reply, FailureClass expected, @Nullable Duration retryAfter) {
		this.provider.otherwise(reply);

		TurnFailure failure = failure(() -> stream(model(client)));

		assertThat(failure).isEqualTo(new TurnFailure(expected, failure.detail(), retryAfter));
		assertThat(failure.detail()).doesNotContain("scripted");
		assertThat(this.provider.exchanges()).as("requests").hasSize(1);
	}

	/**
	 * Ollama's client keeps no headers of what it was answered in one piece.
	 */
	@ParameterizedTest
	@MethodSource("failures")
	void aCallFails(ModelClient client, Reply reply, FailureClass expected, @Nullable Duration retryAfter) {
		this.provider.otherwise(reply);

		TurnFailure failure = failure(() -> model(client).call(new Prompt("Hi")));

		assertThat(failure)
			.isEqualTo(new TurnFailure(expected, failure.detail(), (client != ModelClient.OLLAMA) ? retryAfter : null));
		assertThat(failure.detail()).doesNotContain("scripted");
		assertThat(this.provider.exchanges()).as("requests").hasSize(1);
	}

	static Stream<Arguments> failures() {
		return Stream
			.of(row("429 with seconds", Reply.rateLimited(Duration.ofSeconds(3)), FailureClass.RATE_LIMITED,
					Duration.ofSeconds(3)),
					row("429 with milliseconds",
							LIMITED.withHeader("Retry-After", "9").withHeader("retry-after-ms", "1500"),
							FailureClass.RATE_LIMITED, Duration.ofMillis(1500)),
					row("429 with a date",
							LIMITED.withHeader("Date", "Mon, 23 Nov 2026 11:59:50 GMT")
								.withHeader("Retry-After", "Mon, 23 Nov 2026 12:00:10 GMT"),
							FailureClass.RATE_LIMITED, Duration.ofSeconds(20)),
					row("429 with a date gone by",
							LIMITED.withHeader("Date", "Mon, 23 Nov 2026 12:00:10 GMT")
								.withHeader("Retry-After", "Mon, 23 Nov 2026 11:59:50 GMT"),
							FailureClass.RATE_LIMITED, Duration.ZERO),
					row("429 with a date, but no clock",
							LIMITED.withHeader("Retry-After", "Mon, 23 Nov 2026 12:00:10 GMT"),
							FailureClass.RATE_LIMITED, null),
					row("quota", FailuresOverHttpTests::quotaSpent, FailureClass.QUOTA_SPENT, null),
					row("402", Reply.error(402, "billing_error", "402",
							"Insufficient credits"), FailureClass.QUOTA_SPENT, null),
					row("400 billing",
							Reply.error(400, "invalid_request_error", "invalid_request_error",
									"Your credit balance is too low to access the API. Please go to Plans & Billing."),
							FailureClass.QUOTA_SPENT, null),
					row("404 model", FailuresOverHttpTests::unknownModel, FailureClass.UNKNOWN_MODEL, null),
					row("413",
							Reply.error(413, "request_too_large", "request_too_large",
									"Request exceeds the maximum size"),
							FailureClass.CONTEXT_OVERFLOW, null),
					row("429 too large", Reply.error(429, "tokens", "rate_limit_exceeded",
							"Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 42000."),
							FailureClass.CONTEXT_OVERFLOW, null),
					row("400 overflow", FailuresOverHttpTests::overflow, FailureClass.CONTEXT_OVERFLOW, null),
					row("401", Reply.unauthorized(), FailureClass.AUTHENTICATION, null),
					row("403", Reply.error(403, "permission_error", "forbidden", "Your key may not use the model"),
							FailureClass.AUTHENTICATION, null),
					row("403 moderation", Reply.error(403, "moderation", "403",
							"The model requires moderation on its provider. Your input was flagged for \"violence\"."),
							FailureClass.REFUSED, null),
					row("400 filter", FILTERED, FailureClass.REFUSED, null),
					row("400", NONSENSE, FailureClass.BAD_REQUEST, null),
					row("408", Reply.error(408, "timeout", "timeout", "Too slow").withHeader("Retry-After", "1"),
							FailureClass.TIMEOUT, Duration.ofSeconds(1)),
					row("500", Reply.serverError(), FailureClass.PROVIDER_ERROR, null),
					row("500 overflow", FailuresOverHttpTests::brokenByOverflow, FailureClass.CONTEXT_OVERFLOW, null),
					row("502", Reply.error(502, "server_error", "bad_gateway", "Bad gateway"),
							FailureClass.PROVIDER_ERROR, null),
					row("503", Reply.overloaded().withHeader("Retry-After", "2"), FailureClass.OVERLOADED,
							Duration.ofSeconds(2)),
					row("504", LATE, FailureClass.TIMEOUT, null),
					row("529", Reply.error(529, "overloaded_error", "overloaded", "Overloaded"),
							FailureClass.OVERLOADED, null),
					row("reset before the headers",
							ANSWER.with(new Interruption(Fault.RESET, Interruption.BEFORE_HEADERS)),
							FailureClass.NETWORK, null),
					row("closed before the headers",
							ANSWER.with(new Interruption(Fault.CLOSE, Interruption.BEFORE_HEADERS)),
							FailureClass.NETWORK, null),
					row("reset before a token", ANSWER.resettingAfter(0), FailureClass.NETWORK, null),
					row("reset in the middle", ANSWER.resettingAfter(2), FailureClass.NETWORK, null),
					row("closed in the middle", ANSWER.closingAfter(2), FailureClass.NETWORK, null),
					row("malformed", ANSWER.malformedAfter(1), FailureClass.INVALID_OUTPUT, null))
			.flatMap(Function.identity());
	}

	/**
	 * Errors that come after the status has said that all is well. Ollama's client keeps
	 * nothing of them.
	 */
	@ParameterizedTest
	@MethodSource
	void aStreamEndsInAnError(ModelClient client, ProviderError error, FailureClass expected) {
		this.provider.otherwise(ANSWER.failingAfter(1, error));

		assertThat(failure(() -> stream(model(client))).failure())
			.isEqualTo((client != ModelClient.OLLAMA) ? expected : FailureClass.PROVIDER_ERROR);
		assertThat(this.provider.exchanges()).as("requests").hasSize(1);
	}

	static Stream<Arguments> aStreamEndsInAnError() {
		return Stream
			.of(row("overloaded", Reply.overloaded(), FailureClass.OVERLOADED),
					row("rate limit", LIMITED, FailureClass.RATE_LIMITED),
					row("the status of another", Reply.error(429, "error", "429", "Slow down"),
							FailureClass.RATE_LIMITED),
					row("credits", Reply.error(402, "billing_error", "402", "Insufficient credits"),
							FailureClass.QUOTA_SPENT),
					row("model",
							Reply.error(404, "invalid_request_error", "model_not_found",
									"The model `x` does not exist"),
							FailureClass.UNKNOWN_MODEL),
					row("overflow", Reply.contextLengthExceeded(), FailureClass.CONTEXT_OVERFLOW),
					row("filter", FILTERED, FailureClass.REFUSED),
					row("key", Reply.unauthorized(), FailureClass.AUTHENTICATION),
					row("request", NONSENSE, FailureClass.BAD_REQUEST), row("time-out", LATE, FailureClass.TIMEOUT),
					row("failure", Reply.serverError(), FailureClass.PROVIDER_ERROR))
			.flatMap(Function.identity());
	}

	@ParameterizedTest
	@EnumSource
	void aProviderThatIsNotThereIsNotReached(ModelClient client) {
		this.provider.close();

		assertThat(failure(() -> stream(model(client))).failure()).isEqualTo(FailureClass.NETWORK);
		assertThat(failure(() -> model(client).call(new Prompt("Hi"))).failure()).isEqualTo(FailureClass.NETWORK);
	}

	private static Reply quotaSpent(ModelClient client) {
		return switch (client) {
			case OPENAI -> Reply.error(429, "insufficient_quota", "insufficient_quota",
					"You exceeded your current quota, please check your plan and billing details.");
			case ANTHROPIC -> Reply.error(400, "invalid_request_error", "invalid_request_error",
					"You have reached your specified API usage limits. You will regain access on 2026-12-01.");
			case OLLAMA -> Reply.error(429, "", "", "you (ann) have reached your weekly usage limit, please upgrade");
		};
	}

	static Reply unknownModel(ModelClient client) {
		String text = switch (client) {
			case OPENAI -> "The model `fake-model` does not exist or you do not have access to it.";
			case ANTHROPIC -> "model: fake-model";
			case OLLAMA -> "model \"fake-model\" not found, try pulling it first";
		};
		return Reply.error(404, "invalid_request_error", "model_not_found", text);
	}

	private static Reply overflow(ModelClient client) {
		String text = switch (client) {
			case OPENAI -> "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.";
			case ANTHROPIC -> "input length and `max_tokens` exceed context limit: 195000 + 8192 > 200000";
			case OLLAMA -> "the input length exceeds the context length";
		};
		return Reply.error(400, "invalid_request_error", "invalid_request_error", text);
	}

	private static Reply brokenByOverflow(ModelClient client) {
		return Reply.error(500, "server_error", "exceed_context_size_error",
				"the request exceeds the available context size");
	}

	private static Stream<Arguments> row(String name, Reply reply, FailureClass expected,
			@Nullable Duration retryAfter) {
		return row(name, (client) -> reply, expected, retryAfter);
	}

	private static Stream<Arguments> row(String name, Function<ModelClient, Reply> reply, FailureClass expected,
			@Nullable Duration retryAfter) {
		return Arrays.stream(ModelClient.values())
			.map((client) -> argumentSet(client + " " + name, client, reply.apply(client), expected, retryAfter));
	}

	private static Stream<Arguments> row(String name, ProviderError error, FailureClass expected) {
		return Arrays.stream(ModelClient.values())
			.map((client) -> argumentSet(client + " " + name, client, error, expected));
	}

	private ChatModel model(ModelClient client) {
		return client.model(this.provider.rootUrl(), "fake-model");
	}

	private static void stream(ChatModel model) {
		model.stream(new Prompt("Hi")).blockLast(RunningAgents.LIMIT);
	}

	private static TurnFailure failure(Runnable call) {
		Throwable ex = catchThrowable(call::run);
		TurnFailure failure = FailureClassifier.known().classify(ex);
		assertThat(failure).as(() -> "failure of " + ex).isNotNull();
		return failure;
	}

}
