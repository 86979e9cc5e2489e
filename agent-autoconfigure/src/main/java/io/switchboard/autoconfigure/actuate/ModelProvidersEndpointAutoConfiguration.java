package io.switchboard.autoconfigure.actuate;

import io.switchboard.ai.model.ModelProvider;
import io.switchboard.autoconfigure.chat.ModelProviders;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the {@code modelproviders} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ModelProvidersAutoConfiguration.class)
@ConditionalOnClass({ ModelProvider.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(ModelProvidersEndpoint.class)
public final class ModelProvidersEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean(ModelProviders.class)
	@ConditionalOnMissingBean
	ModelProvidersEndpoint modelProvidersEndpoint(ModelProviders providers) {
		return new ModelProvidersEndpoint(providers);
	}

}
