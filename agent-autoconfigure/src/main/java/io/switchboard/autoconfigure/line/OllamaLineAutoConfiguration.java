package io.switchboard.autoconfigure.line;

import io.switchboard.ai.model.ModelLine;

import org.springframework.ai.model.ollama.autoconfigure.OllamaApiAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaConnectionDetails;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.client.ResponseErrorHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of the line to Ollama. Its client takes the place of Spring AI's
 * own, which is the same but for the line.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OllamaApiAutoConfiguration.class)
@ConditionalOnClass({ ModelLine.class, OllamaApiAutoConfiguration.class, OllamaChatModel.class, WebClient.class })
public final class OllamaLineAutoConfiguration {

	@Bean
	ModelLine ollamaModelLine() {
		return new OllamaLine();
	}

	// Lazy, as nobody asks for it where Spring AI's auto-configuration is excluded
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	OllamaApi ollamaApi(OllamaConnectionDetails connection, ObjectProvider<RestClient.Builder> restClient,
			ObjectProvider<WebClient.Builder> webClient, ObjectProvider<ResponseErrorHandler> errorHandler) {
		return OllamaApi.builder()
			.baseUrl(connection.getBaseUrl())
			.restClientBuilder(restClient.getIfAvailable(RestClient::builder))
			.webClientBuilder(webClient.getIfAvailable(WebClient::builder).clone().filter(OllamaCall::filter))
			.responseErrorHandler(errorHandler.getIfAvailable(() -> RetryUtils.DEFAULT_RESPONSE_ERROR_HANDLER))
			.build();
	}

}
