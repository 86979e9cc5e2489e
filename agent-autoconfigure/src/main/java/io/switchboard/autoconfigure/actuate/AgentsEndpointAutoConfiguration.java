package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.autoconfigure.operations.AgentOperationsAutoConfiguration;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Schedulers;

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
 * Auto-configuration of the {@code agents} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { AgentSystemAutoConfiguration.class, AgentOperationsAutoConfiguration.class })
@ConditionalOnClass({ AgentSystem.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(AgentsEndpoint.class)
@EnableConfigurationProperties(AgentsEndpointProperties.class)
public final class AgentsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean(AgentSystem.class)
	@ConditionalOnMissingBean
	AgentsEndpoint agentsEndpoint(AgentSystem system, ObjectProvider<AgentOperations> operations,
			ObjectProvider<Sanitizer> sanitizer, AgentsEndpointProperties properties) {
		return new AgentsEndpoint(system, operations.getIfAvailable(() -> new AgentOperations(system)),
				sanitizer.getIfAvailable(Sanitizer::hiding), properties.showValues());
	}

	@Bean
	@ConditionalOnBean(AgentsEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	AgentsEndpointWebExtension agentsEndpointWebExtension(AgentsEndpoint endpoint,
			AgentsEndpointProperties properties) {
		return new AgentsEndpointWebExtension(endpoint, properties.showValues(), properties.roles(),
				Schedulers.parallel(), Schedulers.boundedElastic());
	}

}
