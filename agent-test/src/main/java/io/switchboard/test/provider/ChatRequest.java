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
 * @param protocol in which protocol it came
 * @param headers the headers, names in lower case
 * @param body the parsed body; missing fields are missing here too
 * @since 0.1.0
 */
public record ChatRequest(Protocol protocol, Map<String, String> headers, JsonNode body) {

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
	 * Whether the client wants the answer piece by piece.
	 * @return whether {@code stream} is true; Ollama streams unless it is false
	 */
	public boolean streamed() {
		return this.body.path("stream").asBoolean(this.protocol == Protocol.OLLAMA);
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
	 * The text of the last user message, its parts joined. Results of tools, which
	 * Anthropic's clients send in the user's name, do not count.
	 * @return the text, empty without a user message
	 */
	public String lastUserText() {
		return messages().stream()
			.filter((message) -> message.path("role").asString("").equals("user") && !isToolResult(message))
			.reduce((earlier, later) -> later)
			.map(ChatRequest::text)
			.orElse("");
	}

	/**
	 * The names of the tools offered.
	 * @return the names in the order offered
	 */
	public List<String> toolNames() {
		return this.body.path("tools")
			.valueStream()
			.map((tool) -> tool.path("function").path("name").asString(tool.path("name").asString("")))
			.toList();
	}

	int words() {
		return messages().stream().mapToInt((message) -> Words.of(text(message)).size()).sum();
	}

	private static boolean isToolResult(JsonNode message) {
		return message.path("content")
			.valueStream()
			.anyMatch((part) -> part.path("type").asString("").equals("tool_result"));
	}

	private static String text(JsonNode message) {
		JsonNode content = message.path("content");
		if (content.isArray()) {
			return content.valueStream().map((part) -> part.path("text").asString("")).collect(Collectors.joining());
		}
		return content.asString("");
	}

}
