package io.switchboard.autoconfigure.actuate;

import java.util.Objects;

import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health that takes the application out of service while agents
 * are restarted too often. It is there if the application says how often that is.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("restart-rate")
@ConditionalOnProperty("management.health.restart-rate.max-restarts")
@EnableConfigurationProperties(RestartRateHealthProperties.class)
public final class RestartRateHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RestartRate restartRate(RestartRateHealthProperties properties) {
		int maxRestarts = Objects.requireNonNull(properties.maxRestarts(), "the condition has seen it");
		HealthSettings.atLeastOne("restart-rate.max-restarts", maxRestarts);
		HealthSettings.positive("restart-rate.within", properties.within());
		return new RestartRate(maxRestarts, properties.within());
	}

	@Bean
	@ConditionalOnBean(AgentSystem.class)
	@ConditionalOnMissingBean(name = "restartRateHealthIndicator")
	HealthIndicator restartRateHealthIndicator(RestartRate rate) {
		return new RestartRateHealthIndicator(rate, Schedulers.parallel());
	}

}
