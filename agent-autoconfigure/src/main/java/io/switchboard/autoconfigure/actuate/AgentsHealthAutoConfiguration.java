package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the agents' health.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("agents")
@EnableConfigurationProperties(AgentsHealthProperties.class)
public final class AgentsHealthAutoConfiguration {

	@Bean
	@ConditionalOnBean(AgentSystem.class)
	@ConditionalOnMissingBean(name = "agentsHealthIndicator")
	HealthIndicator agentsHealthIndicator(AgentSystem system, AgentsHealthProperties properties) {
		return new AgentsHealthIndicator(system, properties.maxAbandoned());
	}

}
