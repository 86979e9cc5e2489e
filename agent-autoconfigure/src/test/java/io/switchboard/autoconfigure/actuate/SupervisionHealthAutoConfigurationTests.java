package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentPlacement;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SupervisionHealthAutoConfiguration} in a running application.
 */
class SupervisionHealthAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final LongAdder SPINS = new LongAdder();

	private final ApplicationContextRunner without = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SupervisionHealthAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.without
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class))
		.withPropertyValues("switchboard.supervisors.desk.max-restarts=0",
				"switchboard.supervisors.desk.on-budget-spent=pause")
		.withBean("fragile", AgentPlacement.class, () -> new AgentPlacement("desk", agent("fragile")))
		.withBean("sessions", ChildSpec.class,
				() -> DynamicSupervisorSpec.builder("sessions")
					.template(SupervisionHealthAutoConfigurationTests::agent)
					.build());

	@Test
	void aTreeInOrderIsUp() {
		this.runner.run((context) -> {
			Health health = health(context);

			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("givenUp", Set.of()).containsEntry("stuck", Map.of());
		});
	}

	@Test
	void anAgentThatWasGivenUpOnIsShownUntilSomebodyRestartsIt() {
		this.runner.run((context) -> {
			AgentSystem system = context.getBean(AgentSystem.class);
			system.agent("/desk/fragile", String.class).tell("crash");

			awaitStatus(context, Status.DOWN);
			assertThat(health(context).getDetails()).containsEntry("givenUp", Set.of("/desk/fragile"));

			system.supervisor(AgentPath.of("/desk")).restartChild("fragile").block(LIMIT);
			awaitStatus(context, Status.UP);
		});
	}

	@Test
	void aSessionThatIsGivenUpOnDoesNoHarm() {
		this.runner.run((context) -> {
			AgentSystem system = context.getBean(AgentSystem.class);
			for (int crash = 0; crash < 5; crash++) {
				system.agent("/sessions/one", String.class).tell("crash");
			}

			Awaitility.await().atMost(LIMIT).until(() -> !system.crashReports(AgentPath.of("/sessions")).isEmpty());
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void aRootThatHasEndedIsDown() {
		this.runner
			.withPropertyValues("switchboard.root.max-restarts=0", "switchboard.supervisors.desk.on-budget-spent=stop")
			.run((context) -> {
				context.getBean(AgentSystem.class).agent("/desk/fragile", String.class).tell("crash");

				Awaitility.await()
					.atMost(LIMIT)
					.untilAsserted(() -> assertThat(health(context).getDetails()).containsKey("rootEndedAt"));
				assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
				assertThat(health(context).getDetails()).containsEntry("givenUp", Set.of("/desk", "/desk/fragile"));
			});
	}

	@Test
	void anAgentThatKeepsAWorkerForTooLongIsStuck() {
		this.runner
			.withPropertyValues("management.health.supervision.stuck-after=150ms",
					"switchboard.workers.reported-after=100ms")
			.run((context) -> {
				AgentSystem system = context.getBean(AgentSystem.class);
				system.agent("/sessions/ann", String.class).tell("spin");

				awaitStatus(context, Status.DOWN);
				assertThat(health(context).getDetails()).containsEntry("stuck", Map.of("sessions", 1L))
					.containsEntry("givenUp", Set.of());

				system.control(AgentPath.of("/sessions/ann")).kill().block(LIMIT);
				awaitStatus(context, Status.UP);
			});
	}

	@Test
	void anAgentThatKeepsAWorkerForAWhileIsNotStuck() {
		this.runner.run((context) -> {
			SupervisionWatch watch = context.getBean(SupervisionWatch.class);
			Instant now = Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
			watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/desk/fragile"), 1, Duration.ofMillis(100), now));

			assertThat(watch.stuck(Duration.ofMinutes(1), now)).isEmpty();
			assertThat(watch.stuck(Duration.ofMinutes(1), now.plusSeconds(60))).containsEntry("fragile", 1L);
			watch.onEvent(new AgentEvent.WorkerReleased(AgentPath.of("/desk/fragile"), 1, Duration.ofSeconds(70), now));
			assertThat(watch.stuck(Duration.ofMinutes(1), now.plusSeconds(80))).isEmpty();
		});
	}

	@Test
	void whoTakesAWorkerWhileNobodyIsFoundToHoldOneIsKept() {
		this.runner.run((context) -> {
			SupervisionWatch watch = context.getBean(SupervisionWatch.class);
			Instant now = Instant.EPOCH;
			watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/sessions/ann"), 1, Duration.ofMinutes(2), now));
			watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/sessions/bob"), 1, Duration.ofMinutes(2), now));

			watch.forgetHoldersIf(() -> {
				watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/desk/fragile"), 1, Duration.ofMinutes(1), now));
				watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/sessions/bob"), 1, Duration.ofMinutes(1), now));
				return true;
			});

			assertThat(watch.stuck(Duration.ofMinutes(1), now)).containsOnly(Map.entry("fragile", 1L),
					Map.entry("sessions", 1L));
		});
	}

	@Test
	void aTimeThatIsNoneFailsTheStart() {
		this.runner.withPropertyValues("management.health.supervision.stuck-after=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("management.health.supervision.stuck-after is 'PT0S'"));
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.supervision.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HealthIndicator.class)
				.doesNotHaveBean(SupervisionWatch.class));
	}

	@Test
	void anIndicatorOfTheApplicationIsKept() {
		HealthIndicator own = () -> Health.up().build();
		this.runner.withBean("supervisionHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
	}

	@Test
	void itNeedsAgents() {
		this.without.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void anApplicationWithoutHealthStarts() {
		new ApplicationContextRunner().withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.withUserConfiguration(AgentsEndpointAutoConfigurationTests.WholeApplication.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SupervisionHealthAutoConfiguration.class));
	}

	private static AgentSpec<String> agent(String name) {
		return AgentSpec.builder(name, String.class, () -> (message, context) -> switch (message) {
			case "crash" -> Mono.error(new IllegalStateException("crash"));
			case "spin" -> Mono.fromRunnable(SupervisionHealthAutoConfigurationTests::spin);
			default -> Mono.just(message);
		}).restart(Restart.PERMANENT).build();
	}

	private static void spin() {
		while (!Thread.currentThread().isInterrupted()) {
			SPINS.increment();
		}
	}

	private static void awaitStatus(ApplicationContext context, Status status) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(status));
	}

	private static Health health(ApplicationContext context) {
		Health health = context.getBean("supervisionHealthIndicator", HealthIndicator.class).health();
		assertThat(health).isNotNull();
		return health;
	}

}
