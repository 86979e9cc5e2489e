package io.switchboard.autoconfigure.actuate;

import java.time.Duration;

import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.WorkerStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ProbeGroupsAutoConfiguration}.
 */
class ProbeGroupsAutoConfigurationTests {

	private final AgentSystem system = mock(AgentSystem.class);

	private final ApplicationContextRunner without = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProbeGroupsAutoConfiguration.class, EndpointAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class,
				AvailabilityHealthContributorAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class))
		.withPropertyValues("management.endpoint.health.probes.enabled=true");

	private final ApplicationContextRunner runner = this.without.withBean(AgentSystem.class, () -> this.system);

	@ParameterizedTest
	@CsvSource({ "agents,DOWN,DOWN,UP", "journal,DOWN,UP,DOWN", "restartRate,OUT_OF_SERVICE,UP,OUT_OF_SERVICE",
			"supervision,DOWN,UP,UP", "modelProviders,DOWN,UP,UP", "db,DOWN,UP,UP" })
	void whatIsIllHarmsTheProbesThatCanDoSomethingAboutIt(String contributor, String status, String liveness,
			String readiness) {
		withHealth(this.runner, contributor, status).run((context) -> {
			AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			HealthEndpoint health = context.getBean(HealthEndpoint.class);

			assertThat(statusOf(health, "liveness")).isEqualTo(new Status(liveness));
			assertThat(statusOf(health, "readiness")).isEqualTo(new Status(readiness));
			assertThat(statusOf(health)).isEqualTo(new Status(status));
		});
	}

	@Test
	void theStateOfTheApplicationStillCounts() {
		this.runner.run((context) -> {
			AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
			AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
			HealthEndpoint health = context.getBean(HealthEndpoint.class);

			assertThat(statusOf(health, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(statusOf(health, "liveness")).isEqualTo(Status.UP);
		});
	}

	@Test
	void groupThatTheApplicationSetsUpIsLeftAlone() {
		withHealth(this.runner, "agents", "DOWN")
			.withPropertyValues("management.endpoint.health.group.liveness.include[0]=livenessState")
			.run((context) -> {
				AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);

				assertThat(statusOf(context.getBean(HealthEndpoint.class), "liveness")).isEqualTo(Status.UP);
			});
	}

	@Test
	void lostThreadsAreNoLongerAlive() {
		given(this.system.workerStatistics()).willReturn(new WorkerStatistics(1, 2, 3, 4, Duration.ZERO, 9, 9, 0, 0));
		this.runner.withConfiguration(AutoConfigurations.of(AgentsHealthAutoConfiguration.class)).run((context) -> {
			AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);

			assertThat(statusOf(context.getBean(HealthEndpoint.class), "liveness")).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void withoutProbesThereAreNoGroups() {
		this.runner.withPropertyValues("management.endpoint.health.probes.enabled=false")
			.run((context) -> assertThat(context.getBean(HealthEndpoint.class).healthForPath("liveness")).isNull());
	}

	@Test
	void groupsOfApplicationsWithoutAgentsStayAsTheyAre() {
		this.without.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProbeGroups.class));
	}

	@Test
	void itBacksOff() {
		ProbeGroups own = new ProbeGroups(new MockEnvironment());
		this.runner.withBean("own", ProbeGroups.class, () -> own)
			.run((context) -> assertThat(context).getBean(ProbeGroups.class).isSameAs(own));
	}

	@Test
	void anApplicationWithoutHealthStarts() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ProbeGroupsAutoConfiguration.class))
			.withBean(AgentSystem.class, () -> this.system)
			.withClassLoader(new FilteredClassLoader(HealthEndpointGroupsPostProcessor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProbeGroupsAutoConfiguration.class));
	}

	private static ApplicationContextRunner withHealth(ApplicationContextRunner runner, String name, String status) {
		return runner.withBean(name + "HealthIndicator", HealthIndicator.class,
				() -> () -> Health.status(status).build());
	}

	private static Status statusOf(HealthEndpoint endpoint, String... path) {
		HealthDescriptor health = (path.length > 0) ? endpoint.healthForPath(path) : endpoint.health();
		assertThat(health).isNotNull();
		return health.getStatus();
	}

}
