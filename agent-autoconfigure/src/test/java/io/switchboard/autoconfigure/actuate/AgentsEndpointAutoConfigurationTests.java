package io.switchboard.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentsEndpointAutoConfiguration}.
 */
class AgentsEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentsEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=agents");

	@Test
	void endpointIsThereWhenItIsExposed() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.run((context) -> assertThat(context).hasSingleBean(AgentsEndpoint.class)
				.hasSingleBean(AgentsEndpointWebExtension.class));
	}

	@Test
	void endpointIsNotThereUnlessItIsExposed() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(AgentsEndpoint.class)
				.doesNotHaveBean(AgentsEndpointWebExtension.class));
	}

	@Test
	void endpointIsNotThereWhenAccessIsNone() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withPropertyValues("management.endpoint.agents.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(AgentsEndpoint.class));
	}

	@Test
	void endpointNeedsAnAgentSystem() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AgentsEndpoint.class));
	}

	@Test
	void applicationWithoutActuatorStarts() {
		new ApplicationContextRunner().withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withUserConfiguration(WholeApplication.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(AgentsEndpointAutoConfiguration.class));
	}

	@Test
	void endpointOfTheApplicationIsKept() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withUserConfiguration(OwnEndpointConfiguration.class)
			.run((context) -> assertThat(context).getBean(AgentsEndpoint.class)
				.isSameAs(context.getBean("ownEndpoint")));
	}

	@Test
	void valuesAreHiddenUnlessAllowed() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class)).run((context) -> {
			AgentsEndpointProperties properties = context.getBean(AgentsEndpointProperties.class);

			assertThat(properties.showValues()).isEqualTo(Show.NEVER);
			assertThat(properties.roles()).isEmpty();
		});
	}

	@Test
	void propertiesSayWhoIsShownValues() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withPropertyValues("management.endpoint.agents.show-values=when-authorized",
					"management.endpoint.agents.roles=operator")
			.run((context) -> {
				AgentsEndpointProperties properties = context.getBean(AgentsEndpointProperties.class);

				assertThat(properties.showValues()).isEqualTo(Show.WHEN_AUTHORIZED);
				assertThat(properties.roles()).containsExactly("operator");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpointConfiguration {

		@Bean
		AgentsEndpoint ownEndpoint(AgentSystem system) {
			return new AgentsEndpoint(system, new AgentOperations(system), Sanitizer.hiding(), Show.ALWAYS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(SelectorOfThisOne.class)
	static class WholeApplication {

	}

	/**
	 * Filters as in an application, where a class is looked at only if the class path
	 * supports it.
	 */
	static class SelectorOfThisOne extends AutoConfigurationImportSelector {

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			return new AnnotationAttributes();
		}

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				@Nullable AnnotationAttributes attributes) {
			return new ArrayList<>(List.of(AgentsEndpointAutoConfiguration.class.getName()));
		}

		@Override
		protected Set<String> getExclusions(AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
			return Set.of();
		}

	}

}
