package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.operations.AgentOperationsAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link CrashesEndpointAutoConfiguration}.
 */
class CrashesEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(AgentOperationsAutoConfiguration.class, CrashesEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=crashes");

	@Test
	void endpointIsThereWhenItIsExposed() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.run((context) -> assertThat(context).hasSingleBean(CrashesEndpoint.class));
	}

	@Test
	void endpointIsNotThereUnlessItIsExposed() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(CrashesEndpoint.class));
	}

	@Test
	void endpointNeedsAnAgentSystem() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CrashesEndpoint.class));
	}

	@Test
	void endpointOfTheApplicationIsKept() {
		CrashesEndpoint own = mock(CrashesEndpoint.class);

		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withBean(CrashesEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(CrashesEndpoint.class).isSameAs(own));
	}

	@Test
	void applicationWithoutModelsHasItToo() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withClassLoader(new FilteredClassLoader("io.switchboard.ai"))
			.run((context) -> assertThat(context).hasSingleBean(CrashesEndpoint.class));
	}

}
