package io.switchboard.autoconfigure.web;

import io.switchboard.ai.approval.Decision;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads what a person has decided from the body of a request.
 */
final class DecisionReader {

	private static final int MAX_BYTES = 256 * 1024;

	private static final String EXAMPLES = "{\"decision\": \"approve\"}, "
			+ "{\"decision\": \"edit\", \"arguments\": {...}}, after a failure {\"decision\": \"edit\", \"text\": "
			+ "\"what to tell the model\"}, or {\"decision\": \"reject\", \"reason\": \"why\"}";

	private final JsonBody body = new JsonBody(MAX_BYTES, EXAMPLES,
			() -> new ProblemException(ProblemType.INPUT_TOO_LARGE,
					"The decision has more than %d bytes. Send less.".formatted(MAX_BYTES)));

	/**
	 * Read the decision.
	 * @param request the request
	 * @return the decision; fails with a {@link ProblemException} if there is none
	 */
	Mono<Decision> read(ServerRequest request) {
		return this.body.read(request).map(DecisionReader::decision);
	}

	private static Decision decision(JsonNode body) {
		return switch (body.path("decision").asString("")) {
			case "approve" -> new Decision.Approve();
			case "edit" -> new Decision.Edit(edited(body));
			case "reject" -> new Decision.Reject(text(body, "reason", ""));
			default -> throw invalid("The body has no 'decision' that is approve, edit or reject.");
		};
	}

	private static String edited(JsonNode body) {
		JsonNode arguments = body.path("arguments");
		if (arguments.isObject()) {
			return WireJson.write(arguments);
		}
		if (!arguments.isMissingNode()) {
			throw invalid("The 'arguments' are no JSON object.");
		}
		String text = text(body, "text", "");
		if (text.isBlank()) {
			throw invalid("The decision to edit has neither 'arguments' nor a 'text'.");
		}
		return text;
	}

	private static String text(JsonNode body, String name, String missing) {
		JsonNode value = body.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return missing;
		}
		if (!value.isString()) {
			throw invalid("The '%s' is no text.".formatted(name));
		}
		return value.stringValue();
	}

	private static ProblemException invalid(String what) {
		return new ProblemException(ProblemType.INVALID_DECISION, what + " Send %s.".formatted(EXAMPLES));
	}

}
