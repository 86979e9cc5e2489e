package io.switchboard.autoconfigure.kills;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that a reader has got.
 *
 * @param reader who has got it
 * @param session the session that it belongs to
 * @param life which process of the application has sent it
 * @param id its number
 * @param type its name
 * @param data its data
 */
record Seen(String reader, String session, int life, long id, String type, String data) {

	private static final JsonMapper JSON = new JsonMapper();

	JsonNode json() {
		return JSON.readTree(this.data);
	}

	/**
	 * A part of the data.
	 * @param field its name
	 * @return the text, empty if there is none
	 */
	String text(String field) {
		return json().path(field).asString("");
	}

	/**
	 * The call of a {@link Plan} that a {@code tool-call} is about.
	 * @return the call's name
	 */
	String plannedCall() {
		return JSON.readTree(text("arguments")).path("id").asString("");
	}

	boolean isCompletion() {
		return this.type.equals("turn-completed");
	}

	boolean isEnd() {
		return isCompletion() || this.type.equals("turn-failed") || this.type.equals("turn-cancelled");
	}

}
