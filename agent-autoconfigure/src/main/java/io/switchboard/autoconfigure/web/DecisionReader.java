package io.switchboard.autoconfigure.web;

import java.time.Duration;

import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Decision;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads what a person has decided from the body of a request.
 */
final class DecisionReader {

	private static final int MAX_BYTES = 256 * 1024;

	private static final int LONGEST_QUOTE = 40;

	private static final String EXAMPLES = "{\"decision\": \"approve\"}, "
			+ "{\"decision\": \"edit\", \"arguments\": {...}}, after a failure {\"decision\": \"edit\", \"text\": "
			+ "\"what to tell the model\"}, or {\"decision\": \"reject\", \"reason\": \"why\"}";

	private final JsonBody body;

	DecisionReader(Duration patience, Scheduler scheduler) {
		this.body = new JsonBody(MAX_BYTES, EXAMPLES, () -> new ProblemException(ProblemType.INPUT_TOO_LARGE,
				"The decision has more than %d bytes. Send less.".formatted(MAX_BYTES)), patience, scheduler);
	}

	/**
	 * Read the decision.
	 * @param request the request
	 * @param asked what is decided
	 * @return the decision; fails with a {@link ProblemException} if there is none
	 */
	Mono<Decision> read(ServerRequest request, ApprovalRequest asked) {
		return this.body.read(request).map((body) -> decision(body, asked));
	}

	private static Decision decision(JsonNode body, ApprovalRequest asked) {
		String decision = body.path("decision").asString("");
		return switch (decision) {
			case "approve" -> new Decision.Approve();
			case "edit" -> new Decision.Edit((asked.tool() != null) ? arguments(body, asked.tool()) : hint(body));
			case "reject" -> new Decision.Reject(text(body, "reason"));
			default -> throw invalid("The 'decision' is '%s', and has to be approve, edit or reject.".formatted(
					(decision.length() > LONGEST_QUOTE) ? decision.substring(0, LONGEST_QUOTE) + "..." : decision));
		};
	}

	private static String arguments(JsonNode body, String tool) {
		JsonNode arguments = body.path("arguments");
		if (!arguments.isObject()) {
			throw invalid("The 'arguments' to call tool '%s' with are no JSON object.".formatted(tool));
		}
		return WireJson.write(arguments);
	}

	private static String hint(JsonNode body) {
		String text = text(body, "text");
		if (text.isBlank()) {
			throw invalid("A failure is asked about, and the 'text' to tell the model is blank.");
		}
		return text;
	}

	private static String text(JsonNode body, String name) {
		JsonNode value = body.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return "";
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
