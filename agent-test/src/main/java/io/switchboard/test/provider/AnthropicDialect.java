package io.switchboard.test.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes one completion in Anthropic's words.
 *
 * @param number the number of the exchange
 * @param request what is answered
 * @param completion the answer
 */
record AnthropicDialect(int number, ChatRequest request, Completion completion) implements Dialect {

	private static final String BROKEN = "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"";

	@Override
	public String whole() {
		List<Object> content = new ArrayList<>();
		if (!this.completion.tokens().isEmpty()) {
			content.add(Json.object("type", "text", "text", String.join("", this.completion.tokens())));
		}
		for (int i = 0; i < this.completion.toolCalls().size(); i++) {
			ToolCall call = this.completion.toolCalls().get(i);
			content.add(Json.object("type", "tool_use", "id", callId(i), "name", call.name(), "input",
					Json.parsed(call.arguments())));
		}
		return Json.write(message(content, stopReason(), this.completion.usageFor(this.request).completionTokens()));
	}

	@Override
	public String streamType() {
		return "text/event-stream; charset=utf-8";
	}

	@Override
	public String opening() {
		return event("message_start", "message", message(List.of(), null, 1));
	}

	/**
	 * A block begins with its first token and ends before the first of the next block, as
	 * nobody sees where a token ends.
	 */
	@Override
	public List<String> tokens() {
		List<String> pieces = new ArrayList<>();
		for (String token : this.completion.tokens()) {
			String start = pieces.isEmpty() ? start(0, Json.object("type", "text", "text", "")) : "";
			pieces.add(start + delta(0, Json.object("type", "text_delta", "text", token)));
		}
		for (int i = 0; i < this.completion.toolCalls().size(); i++) {
			ToolCall call = this.completion.toolCalls().get(i);
			int block = firstTool() + i;
			pieces.add(((block > 0) ? stop(block - 1) : "") + start(block,
					Json.object("type", "tool_use", "id", callId(i), "name", call.name(), "input", Json.object())));
			for (String fragment : call.fragments()) {
				pieces.add(delta(block, Json.object("type", "input_json_delta", "partial_json", fragment)));
			}
		}
		return pieces;
	}

	@Override
	public String closing() {
		int blocks = firstTool() + this.completion.toolCalls().size();
		return ((blocks > 0) ? stop(blocks - 1) : "")
				+ event("message_delta", "delta", Json.object("stop_reason", stopReason(), "stop_sequence", null),
						"usage",
						Json.object("output_tokens", this.completion.usageFor(this.request).completionTokens()))
				+ event("message_stop");
	}

	@Override
	public String broken() {
		return frame("content_block_delta", BROKEN);
	}

	@Override
	public String failure(ProviderError error) {
		return frame("error", ErrorBody.of(error, Protocol.ANTHROPIC));
	}

	private int firstTool() {
		return this.completion.tokens().isEmpty() ? 0 : 1;
	}

	private Map<String, @Nullable Object> message(List<Object> content, @Nullable String stopReason, int answer) {
		return Json.object("id", "msg_" + this.number, "type", "message", "role", "assistant", "model",
				this.request.model(), "content", content, "stop_reason", stopReason, "stop_sequence", null, "usage",
				Json.object("input_tokens", this.completion.usageFor(this.request).promptTokens(), "output_tokens",
						answer));
	}

	private String stopReason() {
		String reason = this.completion.effectiveFinishReason();
		return switch (reason) {
			case "stop" -> "end_turn";
			case "length" -> "max_tokens";
			case "tool_calls" -> "tool_use";
			case "content_filter" -> "refusal";
			default -> reason;
		};
	}

	private String callId(int index) {
		return "toolu_" + this.number + "_" + index;
	}

	private static String start(int block, Map<String, @Nullable Object> content) {
		return event("content_block_start", "index", block, "content_block", content);
	}

	private static String delta(int block, Map<String, @Nullable Object> delta) {
		return event("content_block_delta", "index", block, "delta", delta);
	}

	private static String stop(int block) {
		return event("content_block_stop", "index", block);
	}

	private static String event(String type, Object... fields) {
		Map<String, @Nullable Object> data = Json.object("type", type);
		data.putAll(Json.object(fields));
		return frame(type, Json.write(data));
	}

	private static String frame(String type, String data) {
		return "event: " + type + "\ndata: " + data + "\n\n";
	}

}
