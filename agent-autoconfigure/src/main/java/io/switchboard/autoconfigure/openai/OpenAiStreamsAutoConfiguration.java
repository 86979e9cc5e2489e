package io.switchboard.autoconfigure.openai;

import java.time.Duration;
import java.util.List;

import com.openai.client.OpenAIClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;
import okhttp3.OkHttpClient;

import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.model.openai.autoconfigure.AbstractOpenAiProperties;
import org.springframework.ai.model.openai.autoconfigure.OpenAiAutoConfigurationUtil;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatProperties;
import org.springframework.ai.model.openai.autoconfigure.OpenAiCommonProperties;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of OpenAI's chat model for many streams at once. It takes the place
 * of Spring AI's own, reads the same settings and gives the bean the same name.
 * <p>
 * Spring AI lets 64 requests wait for an answer to begin, reads each stream on a thread
 * that keeps the JVM from ending, and breaks a stream off after a minute.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OpenAiChatAutoConfiguration.class)
@ConditionalOnClass({ OpenAiChatAutoConfiguration.class, OpenAiChatModel.class, SpringAiOpenAiHttpClient.class,
		OpenAIClient.class, OkHttpClient.class })
@ConditionalOnProperty(name = "spring.ai.model.chat", havingValue = "openai", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "switchboard.openai.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(OpenAiChatModel.class)
@EnableConfigurationProperties({ OpenAiProperties.class, OpenAiCommonProperties.class, OpenAiChatProperties.class })
public final class OpenAiStreamsAutoConfiguration {

	@Bean
	OpenAiClients openAiClients(OpenAiProperties settings, OpenAiCommonProperties common, OpenAiChatProperties chat,
			ObjectProvider<ObservationRegistry> observations, ObjectProvider<MeterRegistry> meters,
			ObjectProvider<OpenAiHttpClientBuilderCustomizer> customizers, Environment environment) {
		UnknownKeys.check(environment, "switchboard.openai", OpenAiProperties.class);
		AbstractOpenAiProperties connection = connection(common, chat);
		List<OpenAiHttpClientBuilderCustomizer> ordered = customizers.orderedStream().toList();
		return OpenAiClients.create(connection, settings, timeout(environment, common, chat, settings),
				observations.getIfUnique(() -> ObservationRegistry.NOOP),
				hasPoolMetrics(common, chat) ? meters.getIfAvailable() : null, ordered);
	}

	@Bean
	@SuppressWarnings("removal") // of the manager of tools: until it goes, the model asks
									// it what tools are like
	OpenAiChatModel openAiChatModel(OpenAiClients clients, OpenAiProperties settings, OpenAiCommonProperties common,
			OpenAiChatProperties chat, Environment environment, ToolCallingManager tools,
			ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<ChatModelObservationConvention> convention) {
		OpenAiChatModel model = OpenAiChatModel.builder()
			.openAiClient(clients.blocking())
			.openAiClientAsync(clients.streaming())
			// a call takes its time-out from here, not from its client
			.options(chat.toOptions().mutate().timeout(timeout(environment, common, chat, settings)).build())
			.toolCallingManager(tools)
			.observationRegistry(observations.getIfUnique(() -> ObservationRegistry.NOOP))
			.build();
		convention.ifAvailable(model::setObservationConvention);
		return model;
	}

	private static AbstractOpenAiProperties connection(OpenAiCommonProperties common, OpenAiChatProperties chat) {
		return OpenAiAutoConfigurationUtil.resolveCommonProperties(common, chat);
	}

	private static boolean hasPoolMetrics(OpenAiCommonProperties common, OpenAiChatProperties chat) {
		return common.isConnectionPoolMetricsEnabled() || chat.isConnectionPoolMetricsEnabled();
	}

	/**
	 * The values do not tell whether somebody wants Spring AI's default or has said
	 * nothing.
	 */
	private static Duration timeout(Environment environment, OpenAiCommonProperties common, OpenAiChatProperties chat,
			OpenAiProperties settings) {
		Binder binder = Binder.get(environment);
		if (isTimeoutSet(binder, OpenAiChatProperties.CONFIG_PREFIX)) {
			return chat.getTimeout();
		}
		return isTimeoutSet(binder, OpenAiCommonProperties.CONFIG_PREFIX) ? common.getTimeout() : settings.timeout();
	}

	private static boolean isTimeoutSet(Binder binder, String prefix) {
		return binder.bind(prefix + ".timeout", String.class).isBound();
	}

}
