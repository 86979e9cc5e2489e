package io.switchboard.benchmarks.http.provider;

/**
 * OpenAI's chat completions, as server-sent events.
 *
 * @param prefix what every chunk begins with
 */
record OpenAiDialect(String prefix) implements Dialect {

	private static final String DONE = "data: [DONE]\n\n";

	static OpenAiDialect of(int call) {
		return new OpenAiDialect("data: {\"id\":\"chatcmpl-" + call
				+ "\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":\"load\","
				+ "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_load\","
				+ "\"choices\":[{\"index\":0,\"delta\":");
	}

	@Override
	public String contentType() {
		return "text/event-stream; charset=utf-8";
	}

	@Override
	public String token(String text) {
		return chunk("{\"content\":\"" + text + "\"}", "null");
	}

	@Override
	public String endWithTool(int millis) {
		return chunk("{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\""
				+ TOOL + "\",\"arguments\":\"\"}}]}", "null")
				+ chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"millis\\\":" + millis
						+ "}\"}}]}", "null")
				+ chunk("{}", "\"tool_calls\"") + DONE;
	}

	@Override
	public String end() {
		return chunk("{}", "\"stop\"") + DONE;
	}

	private String chunk(String delta, String finishReason) {
		return this.prefix + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}\n\n";
	}

}
