package io.switchboard.autoconfigure;

import io.switchboard.event.AgentEventListener;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.AgentSystemBuilder;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the agent system: one tree of all agents that the application
 * defines, started and stopped with it.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(AgentSystem.class)
@ConditionalOnMissingBean(AgentSystem.class)
@EnableConfigurationProperties(SwitchboardProperties.class)
public final class AgentSystemAutoConfiguration {

	@Bean
	AgentPlan agentPlan(SwitchboardProperties properties, ObjectProvider<AgentSource> sources,
			ListableBeanFactory beanFactory, Environment environment) {
		UnknownSettings.check(environment);
		return new AgentPlanFactory(properties, sources.orderedStream().toList(), beanFactory).create();
	}

	@Bean
	AgentCatalog agentCatalog(AgentPlan plan) {
		return plan.catalog();
	}

	@Bean
	AgentEventLog agentEventLog() {
		return new AgentEventLog();
	}

	@Bean
	@ConditionalOnMissingBean
	Sanitizer agentSanitizer(SwitchboardProperties properties) {
		return properties.showContent() ? Sanitizer.showing() : Sanitizer.hiding();
	}

	@Bean
	AgentSystem agentSystem(AgentPlan plan, SwitchboardProperties properties, Sanitizer sanitizer,
			ObjectProvider<AgentEventListener> listeners, ObjectProvider<AgentSystemBuilderCustomizer> customizers,
			Environment environment) {
		ShutdownTimeCheck.warnIfTooLong(plan.root(), environment);
		AgentSystemBuilder builder = AgentSystem.builder(plan.root())
			.askTimeout(properties.askTimeout())
			.sanitizer(sanitizer)
			.crashReportsPerNode(properties.crashReports().perNode())
			.workers(properties.workerSettings());
		listeners.orderedStream().forEach(builder::listener);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	AgentSystemLifecycle agentSystemLifecycle(AgentSystem system, ObjectProvider<AgentSource> sources,
			SwitchboardProperties properties, ConfigurableApplicationContext context) {
		return new AgentSystemLifecycle(system, sources.orderedStream().toList(), properties.onRootExit(), context);
	}

}
