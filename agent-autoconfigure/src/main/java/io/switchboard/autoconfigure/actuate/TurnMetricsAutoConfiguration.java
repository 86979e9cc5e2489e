package io.switchboard.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.ai.turn.TurnListener;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the metrics of turns, where the application has Micrometer.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ TurnListener.class, MeterRegistry.class })
public final class TurnMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TurnCounts turnCounts() {
		return new TurnCounts();
	}

}
