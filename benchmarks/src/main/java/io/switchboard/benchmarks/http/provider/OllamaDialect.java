package io.switchboard.benchmarks.http.provider;

/**
 * Ollama's chat, a JSON object a line.
 */
record OllamaDialect() implements Dialect {

	private static final String PREFIX = "{\"model\":\"load\",\"created_at\":\"2026-11-23T00:00:00.123456789Z\","
			+ "\"message\":{\"role\":\"assistant\",\"content\":\"";

	@Override
	public String contentType() {
		return "application/x-ndjson";
	}

	@Override
	public String token(String text) {
		return PREFIX + text + "\"},\"done\":false}\n";
	}

	@Override
	public String endWithTool(int millis) {
		return PREFIX + "\",\"tool_calls\":[{\"function\":{\"name\":\"" + TOOL + "\",\"arguments\":{\"millis\":"
				+ millis + "}}}]},\"done\":false}\n" + end();
	}

	@Override
	public String end() {
		return PREFIX + "\"},\"done\":true,\"done_reason\":\"stop\",\"total_duration\":7400000000,"
				+ "\"load_duration\":1000000,\"prompt_eval_count\":40,\"prompt_eval_duration\":500000000,"
				+ "\"eval_count\":70,\"eval_duration\":6900000000}\n";
	}

}
