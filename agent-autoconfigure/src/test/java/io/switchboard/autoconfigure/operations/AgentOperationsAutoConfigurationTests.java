package io.switchboard.autoconfigure.operations;

import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentOperationsAutoConfiguration}.
 */
class AgentOperationsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentOperationsAutoConfiguration.class));

	@Test
	void operationsAreThereWithASystem() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.run((context) -> assertThat(context).hasSingleBean(AgentOperations.class));
	}

	@Test
	void operationsAreThereWithoutActuator() {
		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(AgentOperations.class));
	}

	@Test
	void operationsNeedASystem() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AgentOperations.class));
	}

	@Test
	void operationsOfTheApplicationAreKept() {
		AgentOperations own = new AgentOperations(mock(AgentSystem.class));

		this.runner.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withBean(AgentOperations.class, () -> own)
			.run((context) -> assertThat(context).getBean(AgentOperations.class).isSameAs(own));
	}

}
