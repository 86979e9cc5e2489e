package io.switchboard.autoconfigure.line;

import io.switchboard.ai.model.ModelLine;
import okhttp3.OkHttpClient;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the line to Anthropic, with threads that do not keep the JVM from
 * ending.
 * <p>
 * A model that the application makes by itself needs the customizer that is a bean here,
 * or the header {@code X-Switchboard-Call} goes to the provider, and cancelled calls go
 * on there.
 *
 * @since 0.1.0
 */
@AutoConfiguration(beforeName = "org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration")
@ConditionalOnClass({ ModelLine.class, AnthropicChatModel.class, AnthropicHttpClientBuilderCustomizer.class,
		OkHttpClient.class })
public final class AnthropicLineAutoConfiguration {

	private final OkHttpCalls calls = new OkHttpCalls();

	@Bean
	ModelLine anthropicModelLine() {
		return new AnthropicLine(this.calls);
	}

	@Bean
	AnthropicThreads anthropicThreads() {
		return new AnthropicThreads();
	}

	@Bean
	AnthropicHttpClientBuilderCustomizer anthropicModelLineCustomizer(AnthropicThreads threads) {
		return (client) -> client.interceptor(this.calls).dispatcherExecutorService(threads.executor());
	}

}
