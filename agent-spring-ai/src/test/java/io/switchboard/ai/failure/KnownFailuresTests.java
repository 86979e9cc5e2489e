package io.switchboard.ai.failure;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.openai.core.http.Headers;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.models.ErrorObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;

import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

class KnownFailuresTests {

	@ParameterizedTest
	@CsvSource({ "Retry-After, 3, 3000", "Retry-After, 0, 0", "Retry-After, 1.5, 1500", "retry-after-ms, 250, 250",
			"Retry-After, soon,", "Retry-After, -1,", "X-Other, 3,", "Retry-After, 'Mon, 23 Nov 2026 12:00:00 GMT'," })
	void theTimeToStayAwayIsReadFromTheHeaders(String header, String value, @Nullable Long millis) {
		HttpHeaders headers = new HttpHeaders();
		headers.add(header, value);
		TurnFailure failure = FailureClassifier.known()
			.classify(WebClientResponseException.create(429, "", headers, new byte[0], StandardCharsets.UTF_8));

		assertThat(failure).isNotNull();
		assertThat(failure.retryAfter()).isEqualTo((millis != null) ? Duration.ofMillis(millis) : null);
	}

	@ParameterizedTest
	@CsvSource({ "'Mon, 23 Nov 2026 12:00:10 GMT', 20000", "'Mon, 23 Nov 2026 11:59:00 GMT', 0",
			"'Wed, 24 Nov 2027 11:59:50 GMT',", "tomorrow,", "3, 3000" })
	void aDateGoesByTheProvidersClock(String value, @Nullable Long millis) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Date", "Mon, 23 Nov 2026 11:59:50 GMT");
		headers.add("Retry-After", value);

		TurnFailure failure = FailureClassifier.known()
			.classify(WebClientResponseException.create(503, "", headers, new byte[0], StandardCharsets.UTF_8));

		assertThat(failure).isNotNull();
		assertThat(failure.retryAfter()).isEqualTo((millis != null) ? Duration.ofMillis(millis) : null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | the input length exceeds the context length           | CONTEXT_OVERFLOW
			400 | This model's maximum prompt length is 131072          | CONTEXT_OVERFLOW
			400 | The input token count (9000) exceeds the maximum      | CONTEXT_OVERFLOW
			429 | Request too large for the model on tokens per min     | CONTEXT_OVERFLOW
			429 | Rate limit of 40,000 input tokens in the context of a minute | RATE_LIMITED
			402 | Insufficient Balance                                  | QUOTA_SPENT
			400 | {"code": "billing_hard_limit_reached"}                | QUOTA_SPENT
			429 | {"code": "insufficient_quota"}                        | QUOTA_SPENT
			429 | {"code": "billing_not_active"}                        | QUOTA_SPENT
			429 | you have reached your weekly usage limit, upgrade     | QUOTA_SPENT
			429 | Either used all available credits or reached its monthly spending limit | QUOTA_SPENT
			400 | You have reached your specified API usage limits      | QUOTA_SPENT
			403 | Your team has no credits: insufficient credits        | QUOTA_SPENT
			500 | {"code": "insufficient_quota"}                        | QUOTA_SPENT
			404 | {"code": "model_not_found"}                           | UNKNOWN_MODEL
			404 | {"type": "not_found_error", "message": "model: x"}    | UNKNOWN_MODEL
			404 | {"error": "model 'x:7b' not found, try pulling it first"} | UNKNOWN_MODEL
			404 | {"error":"model \"x\" not found, try pulling it first"} | UNKNOWN_MODEL
			404 | The model `org/x` does not exist or you do not have access | UNKNOWN_MODEL
			404 | models/x is not found for API version v1              | UNKNOWN_MODEL
			404 | {"code": "DeploymentNotFound"}                        | UNKNOWN_MODEL
			400 | x is not a valid model ID                             | UNKNOWN_MODEL
			400 | Model Not Exist                                       | UNKNOWN_MODEL
			404 | Model not found                                       | UNKNOWN_MODEL
			404 | The model does not exist                              | UNKNOWN_MODEL
			404 | 404 page not found                                    | BAD_REQUEST
			404 | 404 Not Found from POST http://models/api/chat: 404 page not found | BAD_REQUEST
			404 | Invalid URL (POST /v1/completions)                    | BAD_REQUEST
			400 | This model does not support tools                     | BAD_REQUEST
			400 | API key not valid. Please pass a valid API key.       | AUTHENTICATION
			403 | The model requires moderation, your input was flagged | REFUSED
			403 | Country not supported                                 | AUTHENTICATION
			400 | {"innererror": {"code": "ResponsibleAIPolicyViolation"}} | REFUSED
			500 | {"type": "overloaded_error"}                          | OVERLOADED
			502 | Bad gateway                                           | PROVIDER_ERROR
			524 | A timeout occurred                                    | TIMEOUT
			0   | {"error": {"code": 502, "message": "disconnected"}}   | PROVIDER_ERROR
			0   | {"error": {"code": 429, "message": "slow down"}}      | RATE_LIMITED
			0   | {"error": {"code": 429, "type": "insufficient_quota"}} | QUOTA_SPENT
			0   | {"code": "insufficient_quota"}                        | QUOTA_SPENT
			0   | {"code": "model_not_found"}                           | UNKNOWN_MODEL
			0   | {"type": "timeout_error"}                             | TIMEOUT
			0   | {"type": "api_error"}                                 | PROVIDER_ERROR
			""")
	void whatAProviderWritesDecidesWhereItsStatusDoesNot(int status, String text, FailureClass expected) {
		assertThat(ProviderStatus.classify(status, text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource
	void failuresOfProvidersAreClassified(Throwable ex, FailureClass expected) {
		assertThat(classOf(ex)).isEqualTo(expected);
	}

	static Stream<Arguments> failuresOfProvidersAreClassified() {
		Headers none = Headers.builder().build();
		return Stream.of(
				argumentSet("OpenAI 429", RateLimitException.builder().headers(none).error(error("slow down")).build(),
						FailureClass.RATE_LIMITED),
				argumentSet("OpenAI 401", UnauthorizedException.builder().headers(none).error(error("no")).build(),
						FailureClass.AUTHENTICATION),
				argumentSet("OpenAI 403", PermissionDeniedException.builder().headers(none).error(error("no")).build(),
						FailureClass.AUTHENTICATION),
				argumentSet("OpenAI 404", NotFoundException.builder().headers(none).error(error("not_found")).build(),
						FailureClass.BAD_REQUEST),
				argumentSet("OpenAI 404, model",
						NotFoundException.builder().headers(none).error(error("model_not_found")).build(),
						FailureClass.UNKNOWN_MODEL),
				argumentSet("OpenAI 429, quota",
						RateLimitException.builder().headers(none).error(error("insufficient_quota")).build(),
						FailureClass.QUOTA_SPENT),
				argumentSet("OpenAI 400", BadRequestException.builder().headers(none).error(error("what?")).build(),
						FailureClass.BAD_REQUEST),
				argumentSet("OpenAI 400, overflow",
						BadRequestException.builder().headers(none).error(error("context_length_exceeded")).build(),
						FailureClass.CONTEXT_OVERFLOW),
				argumentSet("OpenAI 400, filter",
						BadRequestException.builder().headers(none).error(error("content_filter")).build(),
						FailureClass.REFUSED),
				argumentSet("OpenAI 500",
						InternalServerException.builder().statusCode(500).headers(none).error(error("oops")).build(),
						FailureClass.PROVIDER_ERROR),
				argumentSet("OpenAI 503",
						InternalServerException.builder().statusCode(503).headers(none).error(error("busy")).build(),
						FailureClass.OVERLOADED),
				argumentSet("OpenAI 504",
						InternalServerException.builder().statusCode(504).headers(none).error(error("late")).build(),
						FailureClass.TIMEOUT),
				argumentSet("OpenAI 413",
						UnexpectedStatusCodeException.builder()
							.statusCode(413)
							.headers(none)
							.error(error("too large"))
							.build(),
						FailureClass.CONTEXT_OVERFLOW),
				argumentSet("OpenAI, error within a stream",
						SseException.builder().statusCode(200).headers(none).error(error("overloaded_error")).build(),
						FailureClass.OVERLOADED),
				argumentSet("OpenAI, cut connection", new OpenAIIoException("closed", new EOFException()),
						FailureClass.NETWORK),
				argumentSet("OpenAI, time-out", new OpenAIIoException("failed", new InterruptedIOException("timeout")),
						FailureClass.TIMEOUT),
				argumentSet("OpenAI, malformed answer", new OpenAIInvalidDataException("bad JSON"),
						FailureClass.INVALID_OUTPUT),
				argumentSet("OpenAI, other", new OpenAIException("?"), FailureClass.PROVIDER_ERROR),
				argumentSet("WebClient 429", webClient(HttpStatus.TOO_MANY_REQUESTS, ""), FailureClass.RATE_LIMITED),
				argumentSet("WebClient 529", webClient(HttpStatusCode.valueOf(529), ""), FailureClass.OVERLOADED),
				argumentSet("WebClient 400, overflow in the body",
						webClient(HttpStatus.BAD_REQUEST, "{\"error\": \"prompt is too long\"}"),
						FailureClass.CONTEXT_OVERFLOW),
				argumentSet("WebClient, refused connection", webClientRequest(new ConnectException()),
						FailureClass.NETWORK),
				argumentSet("WebClient, time-out", webClientRequest(new SocketTimeoutException()),
						FailureClass.TIMEOUT),
				argumentSet("WebClient, malformed answer", new DecodingException("bad JSON"),
						FailureClass.INVALID_OUTPUT),
				argumentSet("RestClient 401", new HttpClientErrorException(HttpStatus.UNAUTHORIZED),
						FailureClass.AUTHENTICATION),
				argumentSet("RestClient, network", new ResourceAccessException("I/O", new UnknownHostException()),
						FailureClass.NETWORK),
				argumentSet("Spring AI, 429 in the text", new NonTransientAiException("HTTP 429 - slow down"),
						FailureClass.RATE_LIMITED),
				argumentSet("Spring AI, 503 in the text", new TransientAiException("503 - busy"),
						FailureClass.OVERLOADED),
				argumentSet("Spring AI, no status", new TransientAiException("oops"), FailureClass.PROVIDER_ERROR),
				argumentSet("unknown host", new UnknownHostException("nowhere"), FailureClass.NETWORK),
				argumentSet("JDK client, time-out", new HttpTimeoutException("late"), FailureClass.TIMEOUT),
				argumentSet("OpenAI, an answer that was cut off",
						new OpenAIInvalidDataException("cut", new EOFException()), FailureClass.NETWORK),
				argumentSet("OpenAI, an answer that came too slowly",
						new OpenAIInvalidDataException("cut", new SocketTimeoutException()), FailureClass.TIMEOUT),
				argumentSet("WebClient, a stream that was cut off",
						WebClientResponseException.create(200, "", HttpHeaders.EMPTY, new byte[0], null)
							.initCause(new IOException("closed")),
						FailureClass.NETWORK),
				argumentSet("time-out", new TimeoutException(), FailureClass.TIMEOUT));
	}

	static final Throwable[] bugs = { new NullPointerException(), new IllegalStateException("broken"),
			new IllegalStateException("broken", new IOException()), new IllegalArgumentException(),
			new StackOverflowError(), new NoClassDefFoundError("x"), new FileNotFoundException("prompt.st"),
			new RuntimeException("boom"), new UncheckedIOException(new IOException()) };

	@ParameterizedTest
	@FieldSource("bugs")
	void bugsAreNotClassified(Throwable ex) {
		assertThat(FailureClassifier.known().classify(ex)).isNull();
	}

	@ParameterizedTest
	@MethodSource
	void carriersDoNotHideAFailure(Throwable ex) {
		assertThat(classOf(ex)).isEqualTo(FailureClass.NETWORK);
	}

	static Stream<Arguments> carriersDoNotHideAFailure() {
		Throwable failure = new ConnectException("refused");
		return Stream.of(argumentSet("CompletionException", new CompletionException(failure)),
				argumentSet("ExecutionException", new ExecutionException(failure)),
				argumentSet("an advisor's exception", new IllegalStateException("Stream processing failed", failure)),
				argumentSet("Reactor's exception", Exceptions.propagate(failure)),
				argumentSet("several", new CompletionException(
						new IllegalStateException("Stream processing failed", new CompletionException(failure)))));
	}

	@Test
	void carriersDoNotTurnABugIntoAFailure() {
		Throwable bug = new NullPointerException();

		Throwable carried = new IllegalStateException("Stream processing failed", new CompletionException(bug));

		assertThat(FailureClassifier.known().classify(carried)).isNull();
		assertThat(Causes.unwrap(carried)).isSameAs(bug);
	}

	@Test
	void theDetailNamesStatusAndSourceButNothingTheProviderWrote() {
		Throwable ex = webClient(HttpStatus.UNAUTHORIZED, "wrong key sk-123");

		TurnFailure failure = FailureClassifier.known().classify(ex);

		assertThat(failure).isNotNull();
		assertThat(failure.failure()).isEqualTo(FailureClass.AUTHENTICATION);
		assertThat(failure.detail()).contains("key", "HTTP 401", "Unauthorized").doesNotContain("sk-123");
	}

	private static @Nullable FailureClass classOf(Throwable ex) {
		TurnFailure failure = FailureClassifier.known().classify(ex);
		return (failure != null) ? failure.failure() : null;
	}

	private static ErrorObject error(String code) {
		return ErrorObject.builder().code(code).message("").param(Optional.empty()).type("error").build();
	}

	private static Throwable webClient(HttpStatusCode status, String body) {
		return WebClientResponseException.create(status, "", HttpHeaders.EMPTY, body.getBytes(StandardCharsets.UTF_8),
				StandardCharsets.UTF_8, null);
	}

	private static Throwable webClientRequest(Throwable cause) {
		return new WebClientRequestException(cause, HttpMethod.POST, URI.create("http://localhost"), HttpHeaders.EMPTY);
	}

}
