package io.switchboard.ai.failure;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads off a provider's exception how long the provider wants to be left alone. Headers
 * are found by the names of methods, so that no vendor's library is needed. A date
 * instead of seconds goes by the provider's clock, so it is read only where the answer
 * says what that showed.
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
				return of(headers);
			}
		}
		return null;
	}

	private static @Nullable Duration of(Object headers) {
		Duration millis = duration(header(headers, "retry-after-ms"), 1000);
		String value = header(headers, "retry-after");
		Duration seconds = (millis != null) ? millis : duration(value, 1);
		return (seconds != null) ? seconds : until(value, header(headers, "date"));
	}

	private static @Nullable Duration until(@Nullable String date, @Nullable String now) {
		if (date == null || now == null) {
			return null;
		}
		try {
			Duration time = Duration.between(instant(now), instant(date));
			if (time.isNegative()) {
				return Duration.ZERO;
			}
			return (time.toSeconds() <= LONGEST_SECONDS) ? time : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static Instant instant(String date) {
		return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip(), Instant::from);
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
