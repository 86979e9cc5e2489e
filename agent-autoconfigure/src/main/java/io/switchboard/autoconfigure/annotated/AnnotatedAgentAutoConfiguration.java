package io.switchboard.autoconfigure.annotated;

import io.switchboard.autoconfigure.AgentSource;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.runtime.AgentSystem;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of agents that are annotated classes.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(AgentSystem.class)
@EnableConfigurationProperties(SwitchboardProperties.class)
public final class AnnotatedAgentAutoConfiguration {

	@Bean
	AgentSource annotatedAgentSource(ConfigurableListableBeanFactory beanFactory, SwitchboardProperties properties) {
		return new AnnotatedAgentSource(beanFactory, properties);
	}

}
