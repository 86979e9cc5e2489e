package io.switchboard.autoconfigure.line;

import io.switchboard.ai.model.ModelLine;
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the line to Anthropic, with threads that do not keep the JVM from
 * ending, and for many streams at once.
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
@EnableConfigurationProperties(AnthropicProperties.class)
public final class AnthropicLineAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(AnthropicLineAutoConfiguration.class);

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
	AnthropicHttpClientBuilderCustomizer anthropicModelLineCustomizer(AnthropicThreads threads,
			AnthropicProperties settings, Environment environment) {
		UnknownKeys.check(environment, AnthropicProperties.PREFIX, AnthropicProperties.class);
		if (Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE < settings.maxStreams()) {
			logger.info(
					"Anthropic's streams are read on {} threads at most, as the JVM was told or Reactor was in use "
							+ "before: what is beyond waits. Set -D{}={} to have more.",
					Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE, SharedThreads.SIZE, settings.maxStreams());
		}
		return (client) -> client.interceptor(new WaitingRequests(settings.maxStreams()))
			.interceptor(this.calls)
			.dispatcherExecutorService(threads.executor());
	}

}
