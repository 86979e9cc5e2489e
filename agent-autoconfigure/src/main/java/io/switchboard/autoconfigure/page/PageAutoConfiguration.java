package io.switchboard.autoconfigure.page;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.actuate.NodeReader;
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.autoconfigure.operations.AgentOperationsAutoConfiguration;
import io.switchboard.autoconfigure.web.AgentWebAutoConfiguration;
import io.switchboard.autoconfigure.web.AgentWebProperties;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Auto-configuration of the page at {@code /switchboard} in reactive applications that
 * switch it on.
 * <p>
 * The routes are a bean of the name {@code agentPageRoutes}: define one of that name to
 * have others instead. They are secured like all others, by their paths.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { AgentOperationsAutoConfiguration.class, AgentSystemAutoConfiguration.class,
				AgentWebAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass({ AgentSystem.class, RouterFunction.class, JsonMapper.class, OperationResponseBody.class })
@ConditionalOnBooleanProperty("switchboard.page.enabled")
@ConditionalOnMissingBean(name = "agentPageRoutes")
@EnableConfigurationProperties(PageProperties.class)
public final class PageAutoConfiguration {

	@Bean(destroyMethod = "dispose")
	PageThread agentPageThread() {
		return new PageThread(Schedulers.newSingle("switchboard-page", true));
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, AgentCatalog.class })
	RouterFunction<ServerResponse> agentPageRoutes(AgentSystem system, AgentCatalog catalog, PageProperties properties,
			ObjectProvider<AgentOperations> operations, ObjectProvider<AgentWebProperties> web,
			ObjectProvider<Sanitizer> sanitizer, ObjectProvider<Totals> totals, Environment environment,
			PageThread thread) {
		UnknownKeys.check(environment, "switchboard.page", PageProperties.class);
		TreeView tree = new TreeView(system);
		Sanitizer shown = sanitizer.getIfAvailable(Sanitizer::hiding);
		ReasonText reasons = ReasonText.showingMessages(properties.showValues(), shown);
		AgentWebProperties turns = properties.chat() ? web.getIfAvailable() : null;
		PageSettings settings = PageSettings.of(environment.getProperty("spring.application.name", "application"),
				(turns != null) ? turns.basePath() : null, catalog);
		PageHandler page = new PageHandler(settings, tree, new Attention(tree, thread.scheduler()),
				new Pulses(tree, reasons, totals.getIfAvailable(() -> Totals.NONE), thread.scheduler()), thread);
		NodeHandler nodes = new NodeHandler(new NodeReader(system, shown, properties.showValues()),
				properties.actions() ? operations.getIfAvailable() : null, thread.scheduler());
		return new PageRoutes(page, nodes).map();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MeterTotalsConfiguration {

		@Bean
		@ConditionalOnBean(MeterRegistry.class)
		Totals agentPageTotals(MeterRegistry registry) {
			return new MeterTotals(registry);
		}

	}

}
