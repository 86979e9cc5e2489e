package io.switchboard.ai.failure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the class of a failure off a provider's status and error text. Pure.
 */
final class ProviderStatus {

	private static final List<String> OVERFLOW = List.of("context_length_exceeded", "exceed_context_size",
			"context length", "context window", "context size", "context limit", "prompt is too long",
			"input is too long", "input token count", "maximum prompt length");

	private static final List<String> TOO_LARGE = List.of("request too large", "request_too_large");

	private static final List<String> FILTERED = List.of("content_filter", "content_policy",
			"content management policy", "safety system", "responsibleaipolicyviolation", "requires moderation",
			"was flagged");

	/**
	 * Of a quota alone some write also when only a minute's is used up.
	 */
	private static final List<String> SPENT = List.of("insufficient_quota", "insufficient credit",
			"insufficient balance", "credit balance", "billing_", "usage limit", "used all available credits",
			"spending limit");

	private static final List<String> UNKNOWN_MODEL = List.of("model_not_found", "not_found_error",
			"deploymentnotfound", "model not exist", "not a valid model");

	private static final Pattern NO_SUCH_MODEL = Pattern
		.compile("\\bmodels?(?:[\\s/]+\\S{1,200})?\\s+(?:is |does )?not (?:found|exist)");

	private static final List<String> UNKNOWN_KEY = List.of("invalid_api_key", "api_key_invalid", "api key not valid",
			"authentication_error", "permission_error");

	/**
	 * Aggregators put the status of the provider behind them into an error in a stream.
	 */
	private static final Pattern CODE = Pattern.compile("\\bcode\\W{1,4}([45]\\d\\d)\\b");

	private ProviderStatus() {
	}

	/**
	 * Find the class of a failure.
	 * @param status the HTTP status, zero if it said that all is well or none is known
	 * @param text what the provider wrote
	 * @return the class
	 */
	static FailureClass classify(int status, String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		return (status > 0) ? ofStatus(status, lower) : ofStream(lower);
	}

	private static FailureClass ofStatus(int status, String text) {
		return switch (status) {
			case 401 -> FailureClass.AUTHENTICATION;
			case 402 -> FailureClass.QUOTA_SPENT;
			case 403 -> containsAny(text, FILTERED) ? FailureClass.REFUSED : ofKey(text);
			case 408, 504, 524 -> FailureClass.TIMEOUT;
			case 413 -> FailureClass.CONTEXT_OVERFLOW;
			case 429 -> containsAny(text, TOO_LARGE) ? FailureClass.CONTEXT_OVERFLOW : ofLimit(text);
			case 503, 529 -> FailureClass.OVERLOADED;
			default -> (status < 500) ? ofRequest(text, FailureClass.BAD_REQUEST) : ofServer(text);
		};
	}

	private static FailureClass ofKey(String text) {
		return containsAny(text, SPENT) ? FailureClass.QUOTA_SPENT : FailureClass.AUTHENTICATION;
	}

	private static FailureClass ofLimit(String text) {
		return containsAny(text, SPENT) ? FailureClass.QUOTA_SPENT : FailureClass.RATE_LIMITED;
	}

	private static FailureClass ofRequest(String text, FailureClass otherwise) {
		if (containsAny(text, OVERFLOW) || containsAny(text, TOO_LARGE)) {
			return FailureClass.CONTEXT_OVERFLOW;
		}
		if (containsAny(text, FILTERED)) {
			return FailureClass.REFUSED;
		}
		if (containsAny(text, SPENT)) {
			return FailureClass.QUOTA_SPENT;
		}
		if (containsAny(text, UNKNOWN_MODEL) || NO_SUCH_MODEL.matcher(text).find()) {
			return FailureClass.UNKNOWN_MODEL;
		}
		return containsAny(text, UNKNOWN_KEY) ? FailureClass.AUTHENTICATION : otherwise;
	}

	private static FailureClass ofServer(String text) {
		if (text.contains("rate_limit")) {
			return FailureClass.RATE_LIMITED;
		}
		return ofRequest(text, text.contains("overloaded") ? FailureClass.OVERLOADED : FailureClass.PROVIDER_ERROR);
	}

	/**
	 * Errors within a stream come after the status said that all is well: they have to
	 * say all by themselves.
	 */
	private static FailureClass ofStream(String text) {
		Matcher code = CODE.matcher(text);
		if (code.find()) {
			return ofStatus(Integer.parseInt(code.group(1)), text);
		}
		FailureClass failure = ofServer(text);
		if (failure != FailureClass.PROVIDER_ERROR) {
			return failure;
		}
		if (text.contains("timeout_error")) {
			return FailureClass.TIMEOUT;
		}
		return text.contains("invalid_request_error") ? FailureClass.BAD_REQUEST : FailureClass.PROVIDER_ERROR;
	}

	private static boolean containsAny(String text, List<String> parts) {
		return parts.stream().anyMatch(text::contains);
	}

}
