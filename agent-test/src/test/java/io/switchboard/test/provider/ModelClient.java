package io.switchboard.test.provider;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Spring AI's real clients, one for each protocol of the fake. None of them tries again
 * by itself.
 */
public enum ModelClient {

	OPENAI {
		@Override
		public ChatModel model(String rootUrl, String name) {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(rootUrl + "/v1")
					.apiKey("any")
					.model(name)
					.maxRetries(0)
					.streamUsage(true)
					.build())
				.build();
		}
	},

	ANTHROPIC {
		@Override
		public ChatModel model(String rootUrl, String name) {
			return AnthropicChatModel.builder()
				.options(
						AnthropicChatOptions.builder().baseUrl(rootUrl).apiKey("any").model(name).maxRetries(0).build())
				.build();
		}
	},

	OLLAMA {
		@Override
		public ChatModel model(String rootUrl, String name) {
			return OllamaChatModel.builder()
				.ollamaApi(OllamaApi.builder().baseUrl(rootUrl).build())
				.options(OllamaChatOptions.builder().model(name).build())
				.retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
				.build();
		}
	};

	/**
	 * Make a client.
	 * @param rootUrl where the provider listens, see {@link FakeProvider#rootUrl()}
	 * @param name the model to ask for
	 * @return the client
	 */
	public abstract ChatModel model(String rootUrl, String name);

	/**
	 * The protocol that the client speaks.
	 * @return the protocol of the same name
	 */
	public Protocol protocol() {
		return Protocol.valueOf(name());
	}

}
