package io.switchboard.autoconfigure.web;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.ServerRequest;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads what the user says from the body of a request, and no more of the body than an
 * input of the allowed size can take.
 */
final class TurnInputReader {

	/** A character of the input takes up to six in JSON. */
	private static final int ESCAPED = 6;

	/** Room for what stands around the input. */
	private static final int ENVELOPE = 1024;

	private static final String EXAMPLE = "{\"input\": \"what the user says\"}";

	private final DataSize maxInput;

	private final JsonBody body;

	TurnInputReader(DataSize maxInput, Duration patience, Scheduler scheduler) {
		this.maxInput = maxInput;
		this.body = new JsonBody((int) Math.min(Integer.MAX_VALUE, maxInput.toBytes() * ESCAPED + ENVELOPE), EXAMPLE,
				this::tooLarge, patience, scheduler);
	}

	/**
	 * Read the input.
	 * @param request the request
	 * @return the input; fails with a {@link ProblemException} if there is none
	 */
	Mono<String> read(ServerRequest request) {
		return this.body.read(request).map(this::input);
	}

	private String input(JsonNode body) {
		JsonNode input = body.path("input");
		if (input.isMissingNode() || input.isNull()) {
			throw missing("The body has no 'input'.");
		}
		if (!input.isString()) {
			throw missing("The 'input' is no text.");
		}
		String text = input.stringValue();
		if (text.isBlank()) {
			throw missing("The 'input' is blank.");
		}
		if (text.getBytes(UTF_8).length > this.maxInput.toBytes()) {
			throw tooLarge();
		}
		return text;
	}

	private static ProblemException missing(String what) {
		return new ProblemException(ProblemType.MISSING_INPUT, what + " Send %s.".formatted(EXAMPLE));
	}

	private ProblemException tooLarge() {
		return new ProblemException(ProblemType.INPUT_TOO_LARGE,
				"The input has more than %d bytes. Send less, or raise the application's limit."
					.formatted(this.maxInput.toBytes()));
	}

}
