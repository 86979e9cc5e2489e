package io.switchboard.autoconfigure.operations;

import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what operators do by hand.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class)
@ConditionalOnClass(AgentSystem.class)
@ConditionalOnBean(AgentSystem.class)
public final class AgentOperationsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AgentOperations agentOperations(AgentSystem system) {
		return new AgentOperations(system);
	}

}
