package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what the liveness and the readiness of an application with agents
 * depend on.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({ AgentSystem.class, HealthEndpointGroupsPostProcessor.class, SecurityContext.class })
public final class ProbeGroupsAutoConfiguration {

	/**
	 * Comes after the one of Spring Boot, which makes the groups and is the last by its
	 * order, too.
	 */
	@Bean
	@ConditionalOnBean(AgentSystem.class)
	@ConditionalOnMissingBean
	ProbeGroups probeGroups(Environment environment) {
		return new ProbeGroups(environment);
	}

}
