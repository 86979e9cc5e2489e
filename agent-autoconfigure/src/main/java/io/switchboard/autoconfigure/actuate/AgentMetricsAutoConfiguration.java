package io.switchboard.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the agents' metrics, where the application has Micrometer.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, MeterRegistry.class })
public final class AgentMetricsAutoConfiguration {

	@Bean
	@ConditionalOnBean(AgentSystem.class)
	@ConditionalOnMissingBean
	WorkerMetrics workerMetrics(AgentSystem system) {
		return new WorkerMetrics(system);
	}

	@Bean
	@ConditionalOnBean(AgentCatalog.class)
	@ConditionalOnMissingBean
	AgentCounts agentCounts(AgentCatalog catalog) {
		return new AgentCounts(catalog);
	}

}
