package io.switchboard.test.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes one completion in OpenAI's words.
 *
 * @param number the number of the exchange
 * @param created its time in seconds
 * @param request what is answered
 * @param completion the answer
 */
record CompletionJson(int number, long created, ChatRequest request, Completion completion) {

	private static final int FRAGMENT = 8;

	/**
	 * The answer in one piece.
	 * @return a {@code chat.completion} object
	 */
	String whole() {
		List<Object> calls = new ArrayList<>();
		for (ToolCall call : this.completion.toolCalls()) {
			calls.add(Json.object("id", callId(calls.size()), "type", "function", "function",
					Json.object("name", call.name(), "arguments", call.arguments())));
		}
		String text = String.join("", this.completion.tokens());
		Map<String, @Nullable Object> message = Json.object("role", "assistant", "content",
				(text.isEmpty() && !calls.isEmpty()) ? null : text, "refusal", null);
		if (!calls.isEmpty()) {
			message.put("tool_calls", calls);
		}
		return Json.write(Json.object("id", id(), "object", "chat.completion", "created", this.created, "model",
				this.request.model(), "choices", List.of(Json.object("index", 0, "message", message, "logprobs", null,
						"finish_reason", this.completion.effectiveFinishReason())),
				"usage", usage()));
	}

	String opening() {
		return delta(Json.object("role", "assistant", "content", ""), null);
	}

	/**
	 * The chunks that count as tokens: text, then tool calls, each of these as its name
	 * and then its arguments in fragments.
	 * @return the chunks in order
	 */
	List<String> tokens() {
		List<String> chunks = new ArrayList<>();
		this.completion.tokens().forEach((token) -> chunks.add(delta(Json.object("content", token), null)));
		for (int i = 0; i < this.completion.toolCalls().size(); i++) {
			ToolCall call = this.completion.toolCalls().get(i);
			chunks.add(toolDelta("index", i, "id", callId(i), "type", "function", "function",
					Json.object("name", call.name(), "arguments", "")));
			for (int at = 0; at < call.arguments().length(); at += FRAGMENT) {
				String fragment = call.arguments().substring(at, Math.min(at + FRAGMENT, call.arguments().length()));
				chunks.add(toolDelta("index", i, "function", Json.object("arguments", fragment)));
			}
		}
		return chunks;
	}

	int tokenCount() {
		int fragments = this.completion.toolCalls()
			.stream()
			.mapToInt((call) -> 1 + (call.arguments().length() + FRAGMENT - 1) / FRAGMENT)
			.sum();
		return this.completion.tokens().size() + fragments;
	}

	String closing() {
		return delta(Json.object(), this.completion.effectiveFinishReason());
	}

	String usageChunk() {
		return Json.write(chunk(List.of(), usage()));
	}

	private String toolDelta(Object... fields) {
		return delta(Json.object("tool_calls", List.of(Json.object(fields))), null);
	}

	private String delta(Map<String, @Nullable Object> delta, @Nullable String finishReason) {
		return Json.write(
				chunk(List.of(Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finishReason)),
						null));
	}

	private Map<String, @Nullable Object> chunk(List<Object> choices, @Nullable Object usage) {
		Map<String, @Nullable Object> chunk = Json.object("id", id(), "object", "chat.completion.chunk", "created",
				this.created, "model", this.request.model(), "choices", choices);
		if (this.request.includesUsage()) {
			chunk.put("usage", usage);
		}
		return chunk;
	}

	private Map<String, @Nullable Object> usage() {
		TokenUsage usage = this.completion.usage();
		int prompt = (usage != null) ? usage.promptTokens() : this.request.words();
		int answer = (usage != null) ? usage.completionTokens() : tokenCount();
		return Json.object("prompt_tokens", prompt, "completion_tokens", answer, "total_tokens", prompt + answer);
	}

	private String id() {
		return "chatcmpl-" + this.number;
	}

	private String callId(int index) {
		return "call_" + this.number + "_" + index;
	}

}
