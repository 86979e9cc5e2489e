package io.switchboard.test.provider;

/**
 * The protocols that the {@link FakeProvider} speaks; the path of a request says which.
 *
 * @since 0.1.0
 */
public enum Protocol {

	/**
	 * OpenAI's chat completions, {@code POST /v1/chat/completions}.
	 */
	OPENAI,

	/**
	 * Anthropic's messages, {@code POST /v1/messages}.
	 */
	ANTHROPIC,

	/**
	 * Ollama's chat, {@code POST /api/chat}.
	 */
	OLLAMA

}
