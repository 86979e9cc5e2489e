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
record OpenAiDialect(int number, long created, ChatRequest request, Completion completion) implements Dialect {

	private static final String BROKEN = "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"";

	@Override
	public String whole() {
		List<Object> calls = new ArrayList<>();
		for (ToolCall call : this.completion.toolCalls()) {
			calls.add(Json.object("id", callId(calls.size()), "type", "function", "function",
					Json.object("name", call.name(), "arguments", call.arguments())));
		}
		String text = String.join("", this.completion.tokens());
		Map<String, @Nullable Object> message = Json.object("role", "assistant", "content",
				(this.completion.refuses() || (text.isEmpty() && !calls.isEmpty())) ? null : text, "refusal",
				this.completion.refuses() ? text : null);
		if (!calls.isEmpty()) {
			message.put("tool_calls", calls);
		}
		return Json.write(Json.object("id", id(), "object", "chat.completion", "created", this.created, "model",
				this.request.model(), "choices",
				List.of(Json.object("index", 0, "message", message, "logprobs", null, "finish_reason", finishReason())),
				"usage", usage()));
	}

	@Override
	public String streamType() {
		return "text/event-stream; charset=utf-8";
	}

	@Override
	public String opening() {
		return delta(Json.object("role", "assistant", "content", ""), null);
	}

	/**
	 * A tool call comes as its name and then its arguments in fragments.
	 */
	@Override
	public List<String> tokens() {
		String field = this.completion.refuses() ? "refusal" : "content";
		List<String> chunks = new ArrayList<>();
		this.completion.tokens().forEach((token) -> chunks.add(delta(Json.object(field, token), null)));
		for (int i = 0; i < this.completion.toolCalls().size(); i++) {
			ToolCall call = this.completion.toolCalls().get(i);
			chunks.add(toolDelta("index", i, "id", callId(i), "type", "function", "function",
					Json.object("name", call.name(), "arguments", "")));
			for (String fragment : call.fragments()) {
				chunks.add(toolDelta("index", i, "function", Json.object("arguments", fragment)));
			}
		}
		return chunks;
	}

	@Override
	public String closing() {
		String end = delta(Json.object(), finishReason());
		String usage = this.request.includesUsage() ? event(Json.write(chunk(List.of(), usage()))) : "";
		return end + usage + event("[DONE]");
	}

	@Override
	public String broken() {
		return event(BROKEN);
	}

	@Override
	public String failure(ProviderError error) {
		return event(ErrorBody.of(error, Protocol.OPENAI));
	}

	private String finishReason() {
		return this.completion.refuses() ? "stop" : this.completion.effectiveFinishReason();
	}

	private String toolDelta(Object... fields) {
		return delta(Json.object("tool_calls", List.of(Json.object(fields))), null);
	}

	private String delta(Map<String, @Nullable Object> delta, @Nullable String finishReason) {
		return event(Json.write(
				chunk(List.of(Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finishReason)),
						null)));
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
		TokenUsage usage = this.completion.usageFor(this.request);
		return Json.object("prompt_tokens", usage.promptTokens(), "completion_tokens", usage.completionTokens(),
				"total_tokens", usage.promptTokens() + usage.completionTokens());
	}

	private String id() {
		return "chatcmpl-" + this.number;
	}

	private String callId(int index) {
		return "call_" + this.number + "_" + index;
	}

	private static String event(String data) {
		return "data: " + data + "\n\n";
	}

}
