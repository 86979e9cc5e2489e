package io.switchboard.autoconfigure.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What was accepted, as it is kept in the journal.
 *
 * @param input what the user says
 * @param by who has sent it, {@code null} if nobody has to say or the session is theirs
 */
record AcceptedMessage(String input, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String by) {

	String write() {
		return WireJson.write(this);
	}

	/**
	 * Read it back.
	 * @param message what was written
	 * @return the message
	 * @throws IllegalArgumentException if it cannot be read
	 */
	static AcceptedMessage read(String message) {
		try {
			JsonNode json = WireJson.read(message.getBytes(UTF_8));
			String input = json.path("input").asString("");
			if (!input.isBlank()) {
				JsonNode by = json.path("by");
				return new AcceptedMessage(input, by.isString() ? by.stringValue() : null);
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The message is no JSON", ex);
		}
		throw new IllegalArgumentException("The message has no 'input'");
	}

}
