package io.switchboard.ai.failure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads off a provider's exception how long the provider wants to be left alone. Headers
 * are found by the names of methods, so that no vendor's library is needed. A date
 * instead of seconds is not read: whose clock it goes by nobody knows.
 */
final class RetryAfter {

	private static final List<String> HEADERS = List.of("headers", "getHeaders", "getResponseHeaders");

	private static final List<String> VALUES = List.of("values", "getFirst");

	private static final double LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

	private RetryAfter() {
	}

	/**
	 * Read the time.
	 * @param ex the exception
	 * @return the time, or {@code null} if the provider said nothing that can be read
	 */
	static @Nullable Duration of(Throwable ex) {
		for (String method : HEADERS) {
			Object headers = invoke(ex, method);
			if (headers != null) {
				Duration millis = duration(header(headers, "retry-after-ms"), 1000);
				return (millis != null) ? millis : duration(header(headers, "retry-after"), 1);
			}
		}
		return null;
	}

	private static @Nullable Duration duration(@Nullable String value, int perSecond) {
		try {
			double seconds = (value != null) ? Double.parseDouble(value.strip()) / perSecond : -1;
			return (seconds >= 0 && seconds <= LONGEST_SECONDS) ? Duration.ofMillis(Math.round(seconds * 1000)) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable String header(Object headers, String name) {
		for (String method : VALUES) {
			Object value = invoke(headers, method, name);
			Object first = (value instanceof List<?> list) ? (list.isEmpty() ? null : list.get(0)) : value;
			if (first instanceof String text) {
				return text;
			}
		}
		return null;
	}

	private static @Nullable Object invoke(Object target, String method) {
		try {
			return target.getClass().getMethod(method).invoke(target);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	private static @Nullable Object invoke(Object target, String method, String argument) {
		try {
			return target.getClass().getMethod(method, String.class).invoke(target, argument);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
