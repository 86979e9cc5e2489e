package io.switchboard.ai.failure;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads exceptions of libraries that may not be there, by the names of their classes.
 */
final class VendorException {

	private static final Set<String> TRANSPORT = Set.of("com.openai.errors.OpenAIIoException",
			"com.openai.errors.OpenAIRetryableException", "com.anthropic.errors.AnthropicIoException",
			"com.anthropic.errors.AnthropicRetryableException",
			"org.springframework.web.reactive.function.client.WebClientRequestException",
			"org.springframework.web.client.ResourceAccessException", "io.netty.handler.timeout.TimeoutException");

	private static final Set<String> UNREADABLE = Set.of("com.openai.errors.OpenAIInvalidDataException",
			"com.anthropic.errors.AnthropicInvalidDataException", "org.springframework.core.codec.CodecException",
			"org.springframework.http.converter.HttpMessageConversionException",
			"org.springframework.web.client.UnknownContentTypeException", "tools.jackson.core.JacksonException",
			"com.fasterxml.jackson.core.JsonProcessingException");

	private static final Set<String> PROVIDER = Set.of("com.openai.errors.OpenAIException",
			"com.anthropic.errors.AnthropicException", "org.springframework.ai.retry.TransientAiException",
			"org.springframework.ai.retry.NonTransientAiException",
			"org.springframework.web.client.RestClientException",
			"org.springframework.web.reactive.function.client.WebClientException");

	private static final Set<String> TIMEOUTS = Set.of("io.netty.handler.timeout.TimeoutException",
			"io.netty.channel.ConnectTimeoutException");

	private static final List<String> STATUS_METHODS = List.of("statusCode", "getStatusCode");

	private static final List<String> BODY_METHODS = List.of("body", "code", "type", "getResponseBodyAsString");

	/**
	 * An error status as vendors write it, {@code 429} or {@code 429 TOO_MANY_REQUESTS},
	 * and as Spring AI begins a message, {@code HTTP 429 - ...}.
	 */
	private static final Pattern STATUS = Pattern.compile("^(?:HTTP )?([45]\\d\\d)\\b");

	/**
	 * Spring AI's client of Ollama takes each line for a message, and throws at one that
	 * tells of an error instead.
	 */
	private static final String OLLAMA_CLIENT = "org.springframework.ai.ollama.OllamaChatModel";

	private VendorException() {
	}

	static boolean isKnown(Throwable ex) {
		return isProvider(ex) || isTransport(ex) || isUnreadable(ex);
	}

	static boolean isTransport(Throwable ex) {
		return isOneOf(ex, TRANSPORT);
	}

	static boolean isTimeout(Throwable ex) {
		return isOneOf(ex, TIMEOUTS);
	}

	static boolean isUnreadable(Throwable ex) {
		return isOneOf(ex, UNREADABLE);
	}

	static boolean isProvider(Throwable ex) {
		return isOneOf(ex, PROVIDER);
	}

	/**
	 * Whether a client has missed the message in what it read. What the provider wrote
	 * instead is lost.
	 * @param ex the exception
	 * @return {@code true} if so
	 */
	static boolean isAnswerWithoutMessage(Throwable ex) {
		StackTraceElement[] trace = ex.getStackTrace();
		return ex instanceof NullPointerException && trace.length > 0 && trace[0].getClassName().equals(OLLAMA_CLIENT)
				&& (trace[0].getMethodName().contains("internalStream")
						|| trace[0].getMethodName().contains("internalCall"));
	}

	/**
	 * The HTTP status of a provider's exception.
	 * @param ex the exception
	 * @return the status, or zero if it is no error or there is none
	 */
	static int status(Throwable ex) {
		if (!isProvider(ex)) {
			return 0;
		}
		for (String method : STATUS_METHODS) {
			Matcher matcher = STATUS.matcher(String.valueOf(invoke(ex, method)));
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
		}
		Matcher matcher = STATUS.matcher(String.valueOf(ex.getMessage()));
		return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	/**
	 * All that a provider's exception says.
	 * @param ex the exception
	 * @return its message and the body of the response
	 */
	static String text(Throwable ex) {
		StringBuilder result = new StringBuilder(String.valueOf(ex.getMessage()));
		for (String method : BODY_METHODS) {
			Object body = invoke(ex, method);
			if (body != null) {
				result.append(' ').append(body);
			}
		}
		return result.toString();
	}

	private static boolean isOneOf(Throwable ex, Set<String> names) {
		for (Class<?> type = ex.getClass(); type != null; type = type.getSuperclass()) {
			if (names.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Object invoke(Object target, String method) {
		try {
			return target.getClass().getMethod(method).invoke(target);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
