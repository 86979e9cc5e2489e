package io.switchboard.test.provider;

/**
 * Writes errors in the words of a protocol. Anthropic and Ollama have no codes: the first
 * tells errors by their type, which goes with the status, and both by what they write.
 */
final class ErrorBody {

	private static final String TOO_LONG = "context_length_exceeded";

	private ErrorBody() {
	}

	static String of(ProviderError error, Protocol protocol) {
		return switch (protocol) {
			case OPENAI -> Json.error(error.type(), error.code(), error.message());
			case ANTHROPIC -> Json.write(Json.object("type", "error", "error",
					Json.object("type", anthropicType(error.status()), "message", error.code().equals(TOO_LONG)
							? "prompt is too long: 9000 tokens > 8192 maximum" : error.message())));
			case OLLAMA -> Json.write(Json.object("error",
					error.code().equals(TOO_LONG) ? "the input length exceeds the context length" : error.message()));
		};
	}

	/**
	 * The status of an error: what is 503 elsewhere is 529 at Anthropic.
	 */
	static int status(ProviderError error, Protocol protocol) {
		return (protocol == Protocol.ANTHROPIC && error.status() == 503) ? 529 : error.status();
	}

	private static String anthropicType(int status) {
		return switch (status) {
			case 401 -> "authentication_error";
			case 402 -> "billing_error";
			case 403 -> "permission_error";
			case 404 -> "not_found_error";
			case 413 -> "request_too_large";
			case 429 -> "rate_limit_error";
			case 503, 529 -> "overloaded_error";
			case 504 -> "timeout_error";
			default -> (status < 500) ? "invalid_request_error" : "api_error";
		};
	}

}
