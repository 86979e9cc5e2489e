package io.switchboard.autoconfigure.line;

import io.switchboard.ai.model.ModelLine;
import okhttp3.OkHttpClient;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the line to OpenAI and whoever speaks its protocol.
 * <p>
 * A model that the application makes by itself needs the customizer that is a bean here,
 * or the header {@code X-Switchboard-Call} goes to the provider, and cancelled calls go
 * on there.
 *
 * @since 0.1.0
 */
@AutoConfiguration(beforeName = "org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration")
@ConditionalOnClass({ ModelLine.class, OpenAiChatModel.class, OpenAiHttpClientBuilderCustomizer.class,
		OkHttpClient.class })
public final class OpenAiLineAutoConfiguration {

	private final OkHttpCalls calls = new OkHttpCalls();

	@Bean
	ModelLine openAiModelLine() {
		return new OpenAiLine(this.calls);
	}

	@Bean
	OpenAiHttpClientBuilderCustomizer openAiModelLineCustomizer() {
		return (client) -> client.interceptor(this.calls);
	}

}
