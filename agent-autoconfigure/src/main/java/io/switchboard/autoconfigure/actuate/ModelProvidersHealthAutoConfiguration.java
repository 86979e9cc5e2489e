package io.switchboard.autoconfigure.actuate;

import io.switchboard.ai.model.ModelProvider;
import io.switchboard.autoconfigure.chat.ModelProviders;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the model providers' health.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ModelProvidersAutoConfiguration.class)
@ConditionalOnClass({ ModelProvider.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("model-providers")
public final class ModelProvidersHealthAutoConfiguration {

	@Bean
	@ConditionalOnBean(ModelProviders.class)
	@ConditionalOnMissingBean(name = "modelProvidersHealthIndicator")
	HealthIndicator modelProvidersHealthIndicator(ModelProviders providers) {
		return new ModelProvidersHealthIndicator(providers);
	}

}
