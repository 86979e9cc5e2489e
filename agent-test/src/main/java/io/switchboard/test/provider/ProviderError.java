package io.switchboard.test.provider;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * An error before the answer begins, streamed request or not. It is written here in
 * OpenAI's words, and goes out in those of the protocol that asks: Anthropic's types
 * follow from the status, which is 529 there where it is 503 elsewhere, and Ollama knows
 * the message alone.
 *
 * @param status the HTTP status
 * @param type the {@code type} of the error body
 * @param code the {@code code} of the error body
 * @param message the {@code message} of the error body
 * @param headers headers beside the usual ones
 * @param delay the time before the answer begins
 * @since 0.1.0
 */
public record ProviderError(int status, String type, String code, String message, Map<String, String> headers,
		Duration delay) implements Reply {

	public ProviderError {
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("'status' must be 400 to 599, but was " + status);
		}
		if (delay.isNegative()) {
			throw new IllegalArgumentException("'delay' must not be negative, but was " + delay);
		}
		headers = Map.copyOf(headers);
	}

	/**
	 * Adds a header.
	 * @param name the name of the header
	 * @param value its value
	 * @return an error with the header
	 */
	public ProviderError withHeader(String name, String value) {
		Map<String, String> more = new TreeMap<>(this.headers);
		more.put(name, value);
		return new ProviderError(this.status, this.type, this.code, this.message, more, this.delay);
	}

	/**
	 * Lets time pass before the answer begins.
	 * @param delay how long
	 * @return an error that comes late
	 */
	public ProviderError withDelay(Duration delay) {
		return new ProviderError(this.status, this.type, this.code, this.message, this.headers, delay);
	}

}
