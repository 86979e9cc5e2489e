package io.switchboard.autoconfigure;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.switchboard.runtime.AgentSystem;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration that lets crash reports name the trace of the message in hand, where
 * the application has Micrometer Tracing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = AgentSystemAutoConfiguration.class)
@ConditionalOnClass({ AgentSystem.class, Observation.class, TracingObservationHandler.class })
public final class AgentTracingAutoConfiguration {

	@Bean
	@Order(0)
	AgentSystemBuilderCustomizer agentTraceIdCustomizer() {
		return (builder) -> builder.traceId(new ObservedTrace());
	}

}
