package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.operations.AgentOperationsAutoConfiguration;
import io.switchboard.autoconfigure.operations.DeadLetters;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the {@code deadletters} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentOperationsAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(DeadLettersEndpoint.class)
@EnableConfigurationProperties(AgentsEndpointProperties.class)
public final class DeadLettersEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean(DeadLetters.class)
	@ConditionalOnMissingBean
	DeadLettersEndpoint deadLettersEndpoint(DeadLetters letters, ObjectProvider<Sanitizer> sanitizer,
			AgentsEndpointProperties properties) {
		return new DeadLettersEndpoint(letters, sanitizer.getIfAvailable(Sanitizer::hiding), properties.showValues());
	}

	@Bean
	@ConditionalOnBean(DeadLettersEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	DeadLettersEndpointWebExtension deadLettersEndpointWebExtension(DeadLettersEndpoint endpoint, DeadLetters letters,
			AgentsEndpointProperties properties) {
		return new DeadLettersEndpointWebExtension(endpoint, letters, properties.showValues(), properties.roles());
	}

}
