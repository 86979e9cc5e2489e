package io.switchboard.test.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes one completion in Ollama's words, a JSON object a line.
 *
 * @param created the time of the request
 * @param request what is answered
 * @param completion the answer
 */
record OllamaDialect(Instant created, ChatRequest request, Completion completion) implements Dialect {

	@Override
	public String whole() {
		String text = String.join("", this.completion.tokens());
		List<Object> calls = this.completion.toolCalls().stream().map(OllamaDialect::call).toList();
		return Json.write(last(message(text, calls)));
	}

	@Override
	public String streamType() {
		return "application/x-ndjson";
	}

	@Override
	public String opening() {
		return "";
	}

	/**
	 * A tool call comes in one piece.
	 */
	@Override
	public List<String> tokens() {
		List<String> lines = new ArrayList<>();
		this.completion.tokens().forEach((token) -> lines.add(line(chunk(message(token, List.of()), false))));
		this.completion.toolCalls().forEach((call) -> lines.add(line(chunk(message("", List.of(call(call))), false))));
		return lines;
	}

	@Override
	public String closing() {
		return line(last(message("", List.of())));
	}

	@Override
	public String broken() {
		return "{\"message\":{\"role\":\"assistant\",\"content\":\"\n";
	}

	@Override
	public String failure(ProviderError error) {
		return ErrorBody.of(error, Protocol.OLLAMA) + "\n";
	}

	private Map<String, @Nullable Object> last(Map<String, @Nullable Object> message) {
		TokenUsage usage = this.completion.usageFor(this.request);
		Map<String, @Nullable Object> chunk = chunk(message, true);
		String reason = this.completion.effectiveFinishReason();
		chunk.put("done_reason", (this.completion.refuses() || reason.equals("tool_calls")) ? "stop" : reason);
		chunk.put("total_duration", 1_000_000);
		chunk.put("load_duration", 1_000_000);
		chunk.put("prompt_eval_count", usage.promptTokens());
		chunk.put("prompt_eval_duration", 1_000_000);
		chunk.put("eval_count", usage.completionTokens());
		chunk.put("eval_duration", 1_000_000);
		return chunk;
	}

	private Map<String, @Nullable Object> chunk(Map<String, @Nullable Object> message, boolean done) {
		return Json.object("model", this.request.model(), "created_at", this.created.toString(), "message", message,
				"done", done);
	}

	private static Map<String, @Nullable Object> message(String text, List<Object> calls) {
		Map<String, @Nullable Object> message = Json.object("role", "assistant", "content", text);
		if (!calls.isEmpty()) {
			message.put("tool_calls", calls);
		}
		return message;
	}

	private static Object call(ToolCall call) {
		return Json.object("function", Json.object("name", call.name(), "arguments", Json.parsed(call.arguments())));
	}

	private static String line(Map<String, @Nullable Object> chunk) {
		return Json.write(chunk) + "\n";
	}

}
