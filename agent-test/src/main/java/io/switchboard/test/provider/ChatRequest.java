package io.switchboard.test.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A chat completion request as the {@link FakeProvider} received it.
 *
 * @param headers the headers, names in lower case
 * @param body the parsed body; missing fields are missing here too
 * @since 0.1.0
 */
public record ChatRequest(Map<String, String> headers, JsonNode body) {

	public ChatRequest {
		headers = Map.copyOf(headers);
	}

	/**
	 * A header.
	 * @param name the name in any case
	 * @return its value, or {@code null} when the request had none
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name.toLowerCase(Locale.ROOT));
	}

	/**
	 * The model asked for.
	 * @return its name, empty without one
	 */
	public String model() {
		return this.body.path("model").asString("");
	}

	/**
	 * Whether the client wants the answer as server-sent events.
	 * @return whether {@code stream} is true
	 */
	public boolean streamed() {
		return this.body.path("stream").asBoolean(false);
	}

	/**
	 * Whether the client wants the usage at the end of a stream.
	 * @return whether {@code stream_options.include_usage} is true
	 */
	public boolean includesUsage() {
		return this.body.path("stream_options").path("include_usage").asBoolean(false);
	}

	/**
	 * The messages.
	 * @return the messages as sent, oldest first
	 */
	public List<JsonNode> messages() {
		return List.copyOf(this.body.path("messages").values());
	}

	/**
	 * The text of the last user message, its parts joined.
	 * @return the text, empty without a user message
	 */
	public String lastUserText() {
		return messages().stream()
			.filter((message) -> message.path("role").asString("").equals("user"))
			.reduce((earlier, later) -> later)
			.map(ChatRequest::text)
			.orElse("");
	}

	/**
	 * The names of the functions offered as tools.
	 * @return the names in the order offered
	 */
	public List<String> toolNames() {
		return this.body.path("tools")
			.valueStream()
			.map((tool) -> tool.path("function").path("name").asString(""))
			.toList();
	}

	int words() {
		return messages().stream().mapToInt((message) -> Words.of(text(message)).size()).sum();
	}

	private static String text(JsonNode message) {
		JsonNode content = message.path("content");
		if (content.isArray()) {
			return content.valueStream().map((part) -> part.path("text").asString("")).collect(Collectors.joining());
		}
		return content.asString("");
	}

}
