package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.HandlerTimeoutException;
import io.switchboard.SendResult;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.WorkerStatistics;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentMetricsAutoConfiguration}.
 */
class AgentMetricsAutoConfigurationTests {

	private static final Instant NOW = Instant.EPOCH;

	private final AgentSystem system = mock(AgentSystem.class);

	private final AgentCatalog catalog = new AgentCatalog(
			List.of(new AgentDefinition("pricing", AgentPath.of("/desk/pricing"), false, Set.of()),
					new AgentDefinition("support", AgentPath.of("/desk/support"), true, Set.of())));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentMetricsAutoConfiguration.class))
		.withBean(AgentSystem.class, () -> this.system)
		.withBean(AgentCatalog.class, () -> this.catalog);

	@Test
	void theThreadsAreShown() {
		given(this.system.workerStatistics())
			.willReturn(new WorkerStatistics(1, 2, 3, 4, Duration.ofMillis(500), 6, 7, 8, 9));
		this.runner.run((context) -> {
			MeterRegistry registry = bound(context.getBean(WorkerMetrics.class));

			assertThat(registry.get("switchboard.workers.active").gauge().value()).isEqualTo(1);
			assertThat(registry.get("switchboard.workers.spare").gauge().value()).isEqualTo(2);
			assertThat(registry.get("switchboard.workers.held").gauge().value()).isEqualTo(3);
			assertThat(registry.get("switchboard.workers.holds").functionCounter().count()).isEqualTo(4);
			assertThat(registry.get("switchboard.workers.delay").timeGauge().value()).isEqualTo(0.5);
			assertThat(registry.get("switchboard.threads.abandoned").gauge().value()).isEqualTo(6);
			assertThat(registry.get("switchboard.threads.abandonments").functionCounter().count()).isEqualTo(7);
			assertThat(registry.get("switchboard.blocking.active").gauge().value()).isEqualTo(8);
			assertThat(registry.get("switchboard.blocking.waiting").gauge().value()).isEqualTo(9);
		});
	}

	@Test
	void agentsAreCountedByDefinitionAndTheOthersTogether() {
		this.runner.run((context) -> {
			AgentCounts counts = context.getBean(AgentCounts.class);
			MeterRegistry registry = bound(counts);

			held(counts, "/desk/pricing");
			held(counts, "/desk/support/one");
			held(counts, "/desk/support/two");
			held(counts, "/else/where");
			counts.onEvent(new AgentEvent.WorkAbandoned(AgentPath.of("/desk/pricing"), 1, ExitReason.killed(), NOW));
			counts.onEvent(new AgentEvent.Exited(AgentPath.of("/desk/pricing"), NodeType.AGENT, 1,
					ExitReason.crash(new HandlerTimeoutException(AgentPath.of("/desk/pricing"), String.class,
							Duration.ofSeconds(1), Duration.ofSeconds(1), new StackTraceElement[0])),
					NOW));

			assertThat(count(registry, "switchboard.agents.held", "pricing")).isEqualTo(1);
			assertThat(count(registry, "switchboard.agents.held", "support")).isEqualTo(2);
			assertThat(count(registry, "switchboard.agents.held", "other")).isEqualTo(1);
			assertThat(count(registry, "switchboard.agents.abandoned", "pricing")).isEqualTo(1);
			assertThat(count(registry, "switchboard.agents.handler.timeouts", "pricing")).isEqualTo(1);
			counts.onEvent(new AgentEvent.LimitNear(AgentPath.of("/desk/support/one"), 1, "tokens", 0.9, NOW));
			assertThat(count(registry, "switchboard.agents.limits.near", "support")).isEqualTo(1);
			assertThat(registry.find("switchboard.agents.held").meters()).hasSize(3);
		});
	}

	@Test
	void crashesDeadLettersAndSessionsAreCounted() {
		this.runner.run((context) -> {
			AgentCounts counts = context.getBean(AgentCounts.class);
			MeterRegistry registry = bound(counts);

			counts.onEvent(exited("/desk/pricing", ExitReason.crash(new IllegalStateException())));
			counts.onEvent(exited("/desk/pricing", ExitReason.shutdown()));
			counts.onEvent(new AgentEvent.StartFailed(AgentPath.of("/desk/pricing"), 2,
					ExitReason.crash(new IllegalStateException()), NOW));
			counts.onEvent(exited("/desk/support/one", ExitReason.killed()));
			counts.onEvent(exited("/desk/support/two", ExitReason.normal()));
			counts.onEvent(new AgentEvent.StaleDropped(AgentPath.of("/desk/support/two"), 1, "reply", NOW));
			counts.onEvent(new AgentEvent.DeadLetter(AgentPath.of("/desk/support/two"), String.class,
					SendResult.MAILBOX_FULL, NOW));
			counts.onEvent(new AgentEvent.DeadLetter(AgentPath.of("/gone"), String.class, SendResult.NO_PROCESS, NOW));

			assertThat(count(registry, "switchboard.agents.crashes", "pricing")).isEqualTo(2);
			assertThat(count(registry, "switchboard.agents.crashes", "support")).isEqualTo(1);
			assertThat(count(registry, "switchboard.sessions.passivated", "support")).isEqualTo(1);
			assertThat(registry.find("switchboard.sessions.passivated").meters()).hasSize(1);
			assertThat(count(registry, "switchboard.agents.stale", "support")).isEqualTo(1);
			assertThat(deadLetters(registry, "support", "mailbox-full")).isEqualTo(1);
			assertThat(deadLetters(registry, "support", "accepted")).isZero();
			assertThat(deadLetters(registry, "other", "no-process")).isEqualTo(1);
		});
	}

	@Test
	void restartsAreCountedBySupervisorChildAndFailure() {
		this.runner.run((context) -> {
			RestartCounts counts = context.getBean(RestartCounts.class);
			MeterRegistry registry = bound(counts);

			counts.onEvent(restarted("/desk/pricing", ExitReason.crash(new IllegalStateException())));
			counts.onEvent(restarted("/desk/support/one", ExitReason.crash(new ArithmeticException())));
			counts.onEvent(restarted("/desk/support/two", ExitReason.crash(new ArithmeticException())));
			counts.onEvent(restarted("/desk/support", ExitReason.shutdown()));
			counts.onEvent(restarted("/desk/pricing/tools/7", ExitReason.killed()));
			counts.onEvent(restarted("/elsewhere", ExitReason.killed()));

			assertThat(restarts(registry, "/desk", "pricing", "IllegalStateException")).isEqualTo(1);
			assertThat(restarts(registry, "/desk/support", "support", "ArithmeticException")).isEqualTo(2);
			assertThat(restarts(registry, "/desk", "support", "shutdown")).isEqualTo(1);
			assertThat(restarts(registry, "/desk/pricing", "other", "killed")).isEqualTo(1);
			assertThat(restarts(registry, "/", "other", "killed")).isEqualTo(1);
			assertThat(registry.find("switchboard.restarts").meters()).hasSize(5);
		});
	}

	@Test
	void supervisorsThatGiveUpAreCountedFromZero() {
		this.runner.run((context) -> {
			RestartCounts counts = context.getBean(RestartCounts.class);
			MeterRegistry registry = bound(counts);
			assertThat(refused(registry, "/", "desk")).isZero();

			givenUp(counts, "/desk", "/desk/pricing");
			givenUp(counts, "/desk/support", "/desk/support/one");
			givenUp(counts, "/desk/support", "/desk/support/two");
			givenUp(counts, "/desk", "/desk/later");

			assertThat(refused(registry, "/desk", "pricing")).isEqualTo(1);
			assertThat(refused(registry, "/desk/support", "support")).isEqualTo(2);
			assertThat(refused(registry, "/desk", "other")).isEqualTo(1);
			assertThat(refused(registry, "/desk", "support")).isZero();
		});
	}

	@Test
	void whatWasGivenUpOnIsShownUntilItIsBack() {
		this.runner.run((context) -> {
			SupervisionWatch watch = context.getBean(SupervisionWatch.class);
			MeterRegistry registry = bound(context.getBean(SupervisionMetrics.class));
			watch.onEvent(new AgentEvent.RestartBudgetSpent(AgentPath.of("/desk"), AgentPath.of("/desk/pricing"),
					ExitReason.killed(), 3, Duration.ofMinutes(1), NOW));
			watch.onEvent(new AgentEvent.RestartBudgetSpent(AgentPath.of("/desk/support"),
					AgentPath.of("/desk/support/one"), ExitReason.killed(), 3, Duration.ofMinutes(1), NOW));

			assertThat(registry.get("switchboard.given.up").gauge().value()).isEqualTo(1);
			watch.onEvent(new AgentEvent.Started(AgentPath.of("/desk/pricing"), NodeType.AGENT, 2, NOW));
			assertThat(registry.get("switchboard.given.up").gauge().value()).isZero();
		});
	}

	@Test
	void whoIsStuckIsShownUntilTheWorkerIsFree() {
		given(this.system.workerStatistics()).willReturn(new WorkerStatistics(1, 0, 1, 1, Duration.ZERO, 0, 0, 0, 0));
		this.runner.withPropertyValues("management.health.supervision.stuck-after=5m").run((context) -> {
			SupervisionWatch watch = context.getBean(SupervisionWatch.class);
			MeterRegistry registry = bound(context.getBean(SupervisionMetrics.class));
			Gauge stuck = registry.get("switchboard.agents.stuck").gauge();
			Instant now = Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
			assertThat(stuck.value()).isZero();

			watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/desk/pricing"), 1, Duration.ofMinutes(4), now));
			watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/desk/support/one"), 1, Duration.ofMinutes(6), now));
			watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/desk/support/two"), 1, Duration.ofMinutes(6), now));
			watch.onEvent(new AgentEvent.WorkerHeld(AgentPath.of("/else/where"), 1, Duration.ofMinutes(6), now));

			assertThat(stuck.value()).isEqualTo(3);
			watch.onEvent(new AgentEvent.WorkerReleased(AgentPath.of("/else/where"), 1, Duration.ofMinutes(7), now));
			assertThat(stuck.value()).isEqualTo(2);
			given(this.system.workerStatistics())
				.willReturn(new WorkerStatistics(0, 0, 0, 1, Duration.ZERO, 0, 0, 0, 0));
			assertThat(stuck.value()).isZero();
		});
	}

	@Test
	void metricsNeedAnAgentSystem() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AgentMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MeterBinder.class));
	}

	@Test
	void metricsAreNotThereWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AgentMetricsAutoConfiguration.class));
	}

	private static MeterRegistry bound(MeterBinder binder) {
		MeterRegistry registry = new SimpleMeterRegistry();
		binder.bindTo(registry);
		return registry;
	}

	private static AgentEvent exited(String path, ExitReason reason) {
		return new AgentEvent.Exited(AgentPath.of(path), NodeType.AGENT, 1, reason, NOW);
	}

	private static AgentEvent restarted(String path, ExitReason reason) {
		return new AgentEvent.Restarted(AgentPath.of(path), NodeType.AGENT, 2, reason, 1, NOW);
	}

	private static void givenUp(RestartCounts counts, String supervisor, String child) {
		counts.onEvent(new AgentEvent.RestartBudgetSpent(AgentPath.of(supervisor), AgentPath.of(child),
				ExitReason.killed(), 3, Duration.ofMinutes(1), NOW));
	}

	private static double restarts(MeterRegistry registry, String supervisor, String child, String failure) {
		return registry.get("switchboard.restarts")
			.tags("supervisor", supervisor, "child", child, "failure", failure)
			.counter()
			.count();
	}

	private static double refused(MeterRegistry registry, String supervisor, String child) {
		return registry.get("switchboard.restarts.refused")
			.tags("supervisor", supervisor, "child", child)
			.functionCounter()
			.count();
	}

	private static double deadLetters(MeterRegistry registry, String agent, String result) {
		return registry.get("switchboard.dead.letters")
			.tags("agent", agent, "result", result)
			.functionCounter()
			.count();
	}

	private static void held(AgentCounts counts, String path) {
		counts.onEvent(new AgentEvent.WorkerHeld(AgentPath.of(path), 1, Duration.ofMillis(100), NOW));
	}

	private static double count(MeterRegistry registry, String meter, String agent) {
		return registry.get(meter).tag("agent", agent).functionCounter().count();
	}

}
