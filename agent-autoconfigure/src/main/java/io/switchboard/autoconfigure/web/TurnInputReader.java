package io.switchboard.autoconfigure.web;

import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.BodyExtractors;
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

	private final DataSize maxInput;

	private final int maxBody;

	TurnInputReader(DataSize maxInput) {
		this.maxInput = maxInput;
		this.maxBody = (int) Math.min(Integer.MAX_VALUE, maxInput.toBytes() * ESCAPED + ENVELOPE);
	}

	/**
	 * Read the input.
	 * @param request the request
	 * @return the input; fails with a {@link ProblemException} if there is none
	 */
	Mono<String> read(ServerRequest request) {
		checkType(request);
		if (request.headers().contentLength().orElse(0) > this.maxBody) {
			return Mono.error(this::tooLarge);
		}
		return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), this.maxBody)
			.onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge())
			.map(TurnInputReader::bytes)
			.defaultIfEmpty(new byte[0])
			.map(this::parse);
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

	private String parse(byte[] body) {
		JsonNode input = object(body).path("input");
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

	private static JsonNode object(byte[] body) {
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
				"The body is not a JSON object. Send {\"input\": \"what the user says\"}.");
	}

	private static ProblemException missing(String what) {
		return new ProblemException(ProblemType.MISSING_INPUT, what + " Send {\"input\": \"what the user says\"}.");
	}

	private ProblemException tooLarge() {
		return new ProblemException(ProblemType.INPUT_TOO_LARGE,
				"The input has more than %d bytes. Send less, or raise the application's limit."
					.formatted(this.maxInput.toBytes()));
	}

}
