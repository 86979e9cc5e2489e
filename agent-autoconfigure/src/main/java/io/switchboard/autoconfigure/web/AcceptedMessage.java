package io.switchboard.autoconfigure.web;

import tools.jackson.core.JacksonException;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What was accepted, as it is kept in the journal.
 *
 * @param input what the user says
 */
record AcceptedMessage(String input) {

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
			String input = WireJson.read(message.getBytes(UTF_8)).path("input").asString("");
			if (!input.isBlank()) {
				return new AcceptedMessage(input);
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The message is no JSON", ex);
		}
		throw new IllegalArgumentException("The message has no 'input'");
	}

}
