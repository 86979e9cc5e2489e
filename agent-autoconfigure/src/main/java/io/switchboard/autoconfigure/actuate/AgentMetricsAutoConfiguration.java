package io.switchboard.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.AgentSystemBuilderCustomizer;
import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the agents' metrics, where the application has Micrometer.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, MeterRegistry.class })
@EnableConfigurationProperties(SupervisionHealthProperties.class)
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

	@Bean
	@ConditionalOnBean(AgentCatalog.class)
	@ConditionalOnMissingBean
	RestartCounts restartCounts(AgentCatalog catalog) {
		return new RestartCounts(catalog);
	}

	@Bean
	@ConditionalOnBean(AgentCatalog.class)
	@ConditionalOnMissingBean
	SupervisionWatch supervisionWatch(AgentCatalog catalog) {
		return new SupervisionWatch(catalog);
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, SupervisionWatch.class })
	@ConditionalOnMissingBean
	SupervisionMetrics supervisionMetrics(AgentSystem system, SupervisionWatch watch,
			SupervisionHealthProperties properties) {
		return new SupervisionMetrics(watch,
				new StuckAgents(system, watch, properties.stuckAfter(), Schedulers.parallel()));
	}

	@Bean
	@ConditionalOnBean(AgentCatalog.class)
	@ConditionalOnMissingBean
	MailboxTallies mailboxTallies(AgentCatalog catalog) {
		return new MailboxTallies(catalog);
	}

	/** First, so that the application can have meters of its own instead. */
	@Bean
	@Order(0)
	@ConditionalOnBean(MailboxTallies.class)
	AgentSystemBuilderCustomizer mailboxMetersCustomizer(MailboxTallies tallies) {
		return (builder) -> builder.mailboxMeters(tallies::of);
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, MailboxTallies.class })
	@ConditionalOnMissingBean
	MailboxMetrics mailboxMetrics(AgentSystem system, AgentCatalog catalog, MailboxTallies tallies) {
		return new MailboxMetrics(system, catalog, tallies);
	}

}
