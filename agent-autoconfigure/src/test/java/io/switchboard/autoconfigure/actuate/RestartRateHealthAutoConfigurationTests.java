package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RestartRateHealthAutoConfiguration}.
 */
class RestartRateHealthAutoConfigurationTests {

	private final ApplicationContextRunner without = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RestartRateHealthAutoConfiguration.class))
		.withBean(AgentSystem.class, () -> mock(AgentSystem.class));

	private final ApplicationContextRunner runner = this.without
		.withPropertyValues("management.health.restart-rate.max-restarts=3");

	@ParameterizedTest
	@CsvSource({ "3,59,UP,3", "4,59,OUT_OF_SERVICE,4", "9,59,OUT_OF_SERVICE,4", "4,60,UP,0" })
	void moreRestartsThanAllowedWithinThePeriodAreTooMany(int restarts, int secondsLater, String status, int shown) {
		RestartRate rate = new RestartRate(3, Duration.ofMinutes(1));
		VirtualTimeScheduler clock = VirtualTimeScheduler.create();
		for (int restart = 0; restart < restarts; restart++) {
			restarted(rate, Instant.EPOCH);
		}
		clock.advanceTimeBy(Duration.ofSeconds(secondsLater));

		Health health = new RestartRateHealthIndicator(rate, clock).health();

		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(new Status(status));
		assertThat(health.getDetails()).containsEntry("restarts", shown)
			.containsEntry("maxRestarts", 3)
			.containsEntry("within", "PT1M");
	}

	@Test
	void theLatestRestartsCount() {
		RestartRate rate = new RestartRate(1, Duration.ofMinutes(1));
		restarted(rate, Instant.EPOCH);
		restarted(rate, Instant.EPOCH.plusSeconds(50));
		restarted(rate, Instant.EPOCH.plusSeconds(70));

		assertThat(rate.count(Instant.EPOCH.plusSeconds(100))).isEqualTo(2);
	}

	@Test
	void itIsThereIfTheApplicationSaysHowManyAreTooMany() {
		this.runner.run((context) -> assertThat(context).hasBean("restartRateHealthIndicator"));
		this.without.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void settingsThatMakeNoSenseFailTheStart() {
		this.runner.withPropertyValues("management.health.restart-rate.max-restarts=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("management.health.restart-rate.max-restarts is '0', allowed is 1 or more"));
		this.runner.withPropertyValues("management.health.restart-rate.within=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("management.health.restart-rate.within is 'PT-1S'"));
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.restart-rate.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void anIndicatorOfTheApplicationIsKept() {
		HealthIndicator own = () -> Health.up().build();
		this.runner.withBean("restartRateHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
	}

	@Test
	void anApplicationWithoutHealthStarts() {
		new ApplicationContextRunner().withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withUserConfiguration(AgentsEndpointAutoConfigurationTests.WholeApplication.class)
			.withPropertyValues("management.health.restart-rate.max-restarts=3")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RestartRate.class));
	}

	private static void restarted(RestartRate rate, Instant at) {
		rate.onEvent(
				new AgentEvent.Restarted(AgentPath.of("/desk/pricing"), NodeType.AGENT, 2, ExitReason.killed(), 1, at));
	}

}
