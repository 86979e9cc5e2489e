package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.operations.AgentOperationsAutoConfiguration;
import io.switchboard.autoconfigure.operations.CrashLog;
import io.switchboard.runtime.AgentSystem;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the {@code crashes} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentOperationsAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(CrashesEndpoint.class)
@EnableConfigurationProperties(AgentsEndpointProperties.class)
public final class CrashesEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean(CrashLog.class)
	@ConditionalOnMissingBean
	CrashesEndpoint crashesEndpoint(CrashLog log, AgentsEndpointProperties properties) {
		return new CrashesEndpoint(log, properties.showValues(), properties.roles());
	}

}
