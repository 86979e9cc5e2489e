package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the supervision tree's health.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { AgentSystemAutoConfiguration.class, AgentMetricsAutoConfiguration.class })
@ConditionalOnClass({ AgentSystem.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("supervision")
@EnableConfigurationProperties(SupervisionHealthProperties.class)
public final class SupervisionHealthAutoConfiguration {

	@Bean
	@ConditionalOnBean(AgentCatalog.class)
	@ConditionalOnMissingBean
	SupervisionWatch supervisionWatch(AgentCatalog catalog) {
		return new SupervisionWatch(catalog);
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, SupervisionWatch.class })
	@ConditionalOnMissingBean(name = "supervisionHealthIndicator")
	HealthIndicator supervisionHealthIndicator(AgentSystem system, SupervisionWatch watch,
			SupervisionHealthProperties properties) {
		return new SupervisionHealthIndicator(watch,
				new StuckAgents(system, watch, properties.stuckAfter(), Schedulers.parallel()));
	}

}
