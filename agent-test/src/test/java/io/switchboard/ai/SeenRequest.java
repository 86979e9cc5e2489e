package io.switchboard.ai;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A request as a provider received it, the same for all protocols.
 *
 * @param at when it came
 * @param model the model asked for
 * @param said who said what, in lines such as {@code user: Hi?}; calls of tools as
 * {@code assistant: lookup({})}, their results as {@code tool: shipped}
 */
record SeenRequest(Instant at, String model, List<String> said) {

	static SeenRequest of(JsonNode request) {
		JsonNode body = request.path("body");
		List<String> said = new ArrayList<>();
		add(said, "system", body.path("system"));
		for (JsonNode message : body.path("messages").values()) {
			String role = message.path("role").asString();
			add(said, role, message.path("content"));
			for (JsonNode call : message.path("tool_calls").values()) {
				said.add(role + ": "
						+ call(call.path("function").path("name"), call.path("function").path("arguments")));
			}
		}
		return new SeenRequest(Instant.parse(request.path("receivedAt").asString()), body.path("model").asString(),
				said);
	}

	private static void add(List<String> said, String role, JsonNode content) {
		if (content.isArray()) {
			content.values().forEach((part) -> addPart(said, role, part));
		}
		else if (content.isString() && !content.asString().isEmpty()) {
			said.add(role + ": " + content.asString());
		}
	}

	private static void addPart(List<String> said, String role, JsonNode part) {
		switch (part.path("type").asString()) {
			case "text" -> add(said, role, part.path("text"));
			case "tool_use" -> said.add(role + ": " + call(part.path("name"), part.path("input")));
			case "tool_result" -> add(said, "tool", part.path("content"));
			default -> said.add(role + ": " + part);
		}
	}

	private static String call(JsonNode name, JsonNode arguments) {
		return name.asString() + "(" + (arguments.isString() ? arguments.asString() : arguments.toString()) + ")";
	}

	/**
	 * The request without the moment at which it came.
	 * @return the model and what was said, a line each
	 */
	String text() {
		return this.model + "\n" + String.join("\n", this.said);
	}

}
