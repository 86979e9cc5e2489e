package io.switchboard.test.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the {@link FakeProvider} does with one request: a {@link Completion}, whole or
 * broken, or a {@link ProviderError}. You probably want one of the factories here.
 * <p>
 * A completion goes out as a stream or in one piece, whichever the request asks for.
 *
 * @since 0.1.0
 */
public sealed interface Reply permits Completion, ProviderError {

	/**
	 * Answers with a text, one token a word.
	 * @param text the whole answer
	 * @return a completion
	 */
	static Completion answer(String text) {
		return Completion.of(Words.of(text));
	}

	/**
	 * Answers with tokens as given.
	 * @param tokens the tokens, each sent as one piece of a stream
	 * @return a completion
	 */
	static Completion stream(String... tokens) {
		return Completion.of(List.of(tokens));
	}

	/**
	 * Asks for a tool. For endless tool calls make this the provider's
	 * {@link FakeProvider#otherwise(Reply) otherwise}.
	 * @param name the tool
	 * @param arguments the arguments as JSON text; not checked
	 * @return a completion
	 */
	static Completion toolCall(String name, String arguments) {
		return Completion.of(List.of()).andToolCall(name, arguments);
	}

	/**
	 * Asks for a tool that no request offers.
	 * @return a completion
	 */
	static Completion unknownTool() {
		return toolCall("no_such_tool", "{}");
	}

	/**
	 * Declines to answer, as the model itself does. OpenAI tells of it beside the content
	 * of the message, Anthropic in the reason of the end; Ollama has no word for it and
	 * only says so.
	 * @param text what the model says about it, one token a word
	 * @return a completion
	 */
	static Completion refusal(String text) {
		return answer(text).withFinishReason(Completion.REFUSAL);
	}

	/**
	 * Never answers: no status line, no byte, and the connection stays open.
	 * @return a completion that is never seen
	 */
	static Completion silence() {
		return Completion.of(List.of()).stallingBeforeHeaders();
	}

	/**
	 * Refuses for now, with status 429.
	 * @param retryAfter the time in the {@code Retry-After} header, rounded up to whole
	 * seconds as the header knows no others
	 * @return an error
	 */
	static ProviderError rateLimited(Duration retryAfter) {
		if (retryAfter.isNegative()) {
			throw new IllegalArgumentException("'retryAfter' must not be negative, but was " + retryAfter);
		}
		long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
		return new ProviderError(429, "requests", "rate_limit_exceeded", "The scripted rate limit is reached",
				Map.of("Retry-After", Long.toString(seconds), "x-ratelimit-remaining-requests", "0",
						"x-ratelimit-reset-requests", seconds + "s"),
				Duration.ZERO);
	}

	/**
	 * Fails with status 500.
	 * @return an error
	 */
	static ProviderError serverError() {
		return error(500, "server_error", "internal_error", "The scripted server failed");
	}

	/**
	 * Fails with status 503, as an overloaded provider does.
	 * @return an error
	 */
	static ProviderError overloaded() {
		return error(503, "server_error", "overloaded", "The scripted server is overloaded");
	}

	/**
	 * Refuses a conversation that is too long, with status 400.
	 * @return an error
	 */
	static ProviderError contextLengthExceeded() {
		return error(400, "invalid_request_error", "context_length_exceeded",
				"The messages are longer than the scripted context of 8192 tokens");
	}

	/**
	 * Refuses the key, with status 401.
	 * @return an error
	 */
	static ProviderError unauthorized() {
		return error(401, "invalid_request_error", "invalid_api_key", "The scripted server does not know this key");
	}

	/**
	 * Fails with any status.
	 * @param status the HTTP status, 400 to 599
	 * @param type the {@code type} of the error body
	 * @param code the {@code code} of the error body
	 * @param message the {@code message} of the error body
	 * @return an error
	 */
	static ProviderError error(int status, String type, String code, String message) {
		return new ProviderError(status, type, code, message, Map.of(), Duration.ZERO);
	}

}
