package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads bodies that are JSON objects, and no more of them than is allowed.
 *
 * @param maxBytes how much is allowed
 * @param example what a body looks like, for messages
 * @param tooLarge what is said where there is more
 * @param patience how long to wait for all of it
 * @param scheduler the clock
 */
record JsonBody(int maxBytes, String example, Supplier<ProblemException> tooLarge, Duration patience,
		Scheduler scheduler) {

	/**
	 * Read the body.
	 * @param request the request
	 * @return the object; fails with a {@link ProblemException} if there is none
	 */
	Mono<JsonNode> read(ServerRequest request) {
		checkType(request);
		if (request.headers().contentLength().orElse(0) > this.maxBytes) {
			return Mono.error(this.tooLarge);
		}
		return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), this.maxBytes)
			.timeout(this.patience, Mono.error(this::tooSlow), this.scheduler)
			.onErrorMap(DataBufferLimitException.class, (ex) -> this.tooLarge.get())
			.map(JsonBody::bytes)
			.defaultIfEmpty(new byte[0])
			.map(this::object);
	}

	private ProblemException tooSlow() {
		return new ProblemException(ProblemType.BODY_TOO_SLOW,
				"The body was not there after %s. Send it in one go.".formatted(this.patience));
	}

	private static void checkType(ServerRequest request) {
		try {
			MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_OCTET_STREAM);
			if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
				return;
			}
		}
		catch (InvalidMediaTypeException ex) {
			// no type that is known
		}
		throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
				"The body has to be a JSON object. Send it with Content-Type: application/json.");
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private JsonNode object(byte[] body) {
		try {
			JsonNode json = WireJson.read(body);
			if (json.isObject()) {
				return json;
			}
		}
		catch (JacksonException ex) {
			// the parser's message quotes the body
		}
		throw new ProblemException(ProblemType.MALFORMED_BODY,
				"The body is not a JSON object. Send %s.".formatted(this.example));
	}

}
