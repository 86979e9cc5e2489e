package io.switchboard.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.autoconfigure.chat.ModelProviders;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the providers' metrics, where the application has Micrometer.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ModelProvidersAutoConfiguration.class)
@ConditionalOnClass({ ModelProvider.class, MeterRegistry.class })
public final class ModelProviderMetricsAutoConfiguration {

	@Bean
	@ConditionalOnBean(ModelProviders.class)
	@ConditionalOnMissingBean
	ModelProviderMetrics modelProviderMetrics(ModelProviders providers) {
		return new ModelProviderMetrics(providers);
	}

}
