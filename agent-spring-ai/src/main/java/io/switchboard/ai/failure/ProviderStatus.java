package io.switchboard.ai.failure;

import java.util.List;
import java.util.Locale;

/**
 * Reads the class of a failure off a provider's status and error text. Pure.
 */
final class ProviderStatus {

	private static final List<String> OVERFLOW = List.of("context_length_exceeded", "exceed_context_size",
			"maximum context length", "context window", "context size", "prompt is too long", "input is too long");

	private static final List<String> FILTERED = List.of("content_filter", "content_policy",
			"content management policy", "safety system");

	private ProviderStatus() {
	}

	/**
	 * Find the class of a failure.
	 * @param status the HTTP status, zero if none is known
	 * @param text what the provider wrote
	 * @return the class
	 */
	static FailureClass classify(int status, String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		return switch (status) {
			case 401, 403 -> FailureClass.AUTHENTICATION;
			case 408, 504 -> FailureClass.TIMEOUT;
			case 429 -> FailureClass.RATE_LIMITED;
			case 503, 529 -> FailureClass.OVERLOADED;
			default -> (status >= 400 && status < 500) ? ofRequest(status, lower) : ofText(lower);
		};
	}

	private static FailureClass ofRequest(int status, String text) {
		if (status == 413 || containsAny(text, OVERFLOW)) {
			return FailureClass.CONTEXT_OVERFLOW;
		}
		return containsAny(text, FILTERED) ? FailureClass.REFUSED : FailureClass.BAD_REQUEST;
	}

	/**
	 * Errors within a stream come after the status said that all is well.
	 */
	private static FailureClass ofText(String text) {
		if (containsAny(text, OVERFLOW)) {
			return FailureClass.CONTEXT_OVERFLOW;
		}
		if (text.contains("rate_limit")) {
			return FailureClass.RATE_LIMITED;
		}
		return text.contains("overloaded") ? FailureClass.OVERLOADED : FailureClass.PROVIDER_ERROR;
	}

	private static boolean containsAny(String text, List<String> parts) {
		return parts.stream().anyMatch(text::contains);
	}

}
