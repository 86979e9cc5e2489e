package io.switchboard.autoconfigure.actuate;

import java.time.Duration;

import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.WorkerStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentsHealthAutoConfiguration}.
 */
class AgentsHealthAutoConfigurationTests {

	private final AgentSystem system = mock(AgentSystem.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentsHealthAutoConfiguration.class))
		.withBean(AgentSystem.class, () -> this.system);

	@ParameterizedTest
	@CsvSource({ "8,UP", "9,DOWN" })
	void agentsAreDownWhenTooManyThreadsAreAbandoned(int abandoned, String status) {
		abandoned(abandoned);
		this.runner.run((context) -> {
			Health health = context.getBean("agentsHealthIndicator", HealthIndicator.class).health();

			assertThat(health).isNotNull();
			assertThat(health.getStatus()).isEqualTo(new Status(status));
			assertThat(health.getDetails()).containsEntry("abandonedThreads", abandoned)
				.containsEntry("maxAbandonedThreads", 8)
				.containsEntry("heldWorkers", 3)
				.containsEntry("spareWorkers", 2);
		});
	}

	@Test
	void theNumberCanBeSet() {
		abandoned(1);
		this.runner.withPropertyValues("management.health.agents.max-abandoned=0").run((context) -> {
			Health health = context.getBean(HealthIndicator.class).health();

			assertThat(health).isNotNull();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.agents.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void anIndicatorOfTheApplicationIsKept() {
		HealthIndicator own = () -> Health.up().build();
		this.runner.withBean("agentsHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
	}

	@Test
	void anApplicationWithoutHealthStarts() {
		new ApplicationContextRunner().withBean(AgentSystem.class, () -> this.system)
			.withUserConfiguration(AgentsEndpointAutoConfigurationTests.WholeApplication.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AgentsHealthAutoConfiguration.class));
	}

	@Test
	void itNeedsAnAgentSystem() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AgentsHealthAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	private void abandoned(int threads) {
		given(this.system.workerStatistics())
			.willReturn(new WorkerStatistics(1, 2, 3, 4, Duration.ZERO, threads, threads, 0, 0));
	}

}
