package io.switchboard.autoconfigure.web;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;

/**
 * Reads and writes what is on the wire. It has a mapper of its own, because what clients
 * rely on must not change with the application's settings of its mapper.
 */
final class WireJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
		.build();

	private WireJson() {
	}

	static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	static JsonNode read(byte[] json) throws JacksonException {
		return MAPPER.readTree(json);
	}

}
