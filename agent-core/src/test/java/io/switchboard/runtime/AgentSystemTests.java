package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentSystem}.
 */
class AgentSystemTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final List<AgentEvent> events = new ArrayList<>();

	@Test
	void askAnswersAndCrashRestarts() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(AgentSpec.builder("echo", String.class, () -> echo()).build())
				.child(DynamicSupervisorSpec.builder("sessions")
					.budgetScope(BudgetScope.CHILD)
					.template((key) -> AgentSpec.builder(key, String.class, () -> echo()).build())
					.build())
				.build())
			.scheduler(time)
			.blockingScheduler(time)
			.listener(this.events::add)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		AgentRef<String> echo = system.agent("/echo", String.class);
		StepVerifier.create(echo.ask("hi", String.class)).expectNext("hi 1").expectComplete().verify(LIMIT);
		StepVerifier.create(echo.ask("crash", String.class))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(AgentExitedException.class)
				.hasMessageContaining("/echo")
				.hasMessageContaining("incarnation 1"))
			.verify(LIMIT);
		StepVerifier.create(echo.ask("overflow", String.class)).expectError(AgentExitedException.class).verify(LIMIT);
		StepVerifier.create(echo.ask("hi", String.class)).expectNext("hi 1").expectComplete().verify(LIMIT);
		StepVerifier.create(system.agent("/sessions/a", String.class).ask("hi", String.class))
			.expectNext("hi 1")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.events).filteredOn(AgentEvent.Restarted.class::isInstance).hasSize(2);
		assertThat(system.tree().find(AgentPath.of("/echo")).incarnation()).isEqualTo(3);
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
		assertThat(echo.tell("x")).isEqualTo(SendResult.STOPPING);
	}

	@Test
	void blockedHandlerIsKilledAndSiblingsLive() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		CountDownLatch blocked = new CountDownLatch(1);
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root")
			.child(AgentSpec.builder("stuck", String.class, () -> (message, context) -> {
				blocked.countDown();
				while (never.getCount() > 0) {
					Thread.onSpinWait();
				}
				return Mono.empty();
			}).shutdown(Shutdown.after(Duration.ofMillis(50))).build())
			.build()).listener((event) -> {
				synchronized (this.events) {
					this.events.add(event);
				}
			}).build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		system.agent("/stuck", String.class).tell("x");
		blocked.await();
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
		never.countDown();
		synchronized (this.events) {
			assertThat(this.events).hasAtLeastOneElementOfType(AgentEvent.WorkAbandoned.class);
		}
	}

	@Test
	void nodeIsThePartOfTheTreeAtItsPath() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(SupervisorSpec.builder("desk")
					.child(AgentSpec.builder("echo", String.class, () -> echo()).build())
					.build())
				.build())
			.scheduler(time)
			.blockingScheduler(time)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);

		for (String path : List.of("/", "/desk", "/desk/echo")) {
			assertThat(system.node(AgentPath.of(path))).isNotNull().isEqualTo(system.tree().find(AgentPath.of(path)));
		}
		assertThat(system.node(AgentPath.of("/desk/nobody"))).isNull();
		assertThat(system.node(AgentPath.of("/desk/echo/below"))).isNull();
	}

	private static Behaviour<String> echo() {
		int[] count = new int[1];
		return (message, context) -> switch (message) {
			case "crash" -> throw new IllegalStateException("as asked");
			case "overflow" -> Flux.just(deep(1));
			default -> Mono.just(message + " " + ++count[0]);
		};
	}

	private static int deep(int n) {
		return deep(n + 1) + 1;
	}

}
