package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls that come before, during and after the life of a system.
 */
class SystemPhasesTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void anAskAfterTheEndIsRejected() {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").child(echo()).build()).build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);

		StepVerifier.create(system.agent("/a", String.class).ask("x", String.class))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(MessageRejectedException.class,
					(rejected) -> assertThat(rejected.result()).isEqualTo(SendResult.STOPPING)))
			.verify(LIMIT);
	}

	@Test
	void aStartAfterAStopFails() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").child(echo()).build())
			.scheduler(time)
			.blockingScheduler(time)
			.build();
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);

		StepVerifier.create(system.start()).expectError(IllegalStateException.class).verify(LIMIT);
	}

	@Test
	void aStopThatMeetsTheEndOfTheRootCompletes() {
		SupervisorSpec root = SupervisorSpec.builder("root")
			.intensity(new RestartIntensity(0, Duration.ofHours(1)))
			.shutdown(Shutdown.after(LIMIT))
			.child(echo())
			.build();
		for (int i = 0; i < 100; i++) {
			AgentSystem system = AgentSystem.builder(root).build();
			StepVerifier.create(system.start()).expectComplete().verify(LIMIT);

			system.control(AgentPath.of("/a")).kill().subscribe();
			StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);

			assertThat(system.tree().root().status()).isEqualTo(NodeStatus.STOPPED);
		}
	}

	private static AgentSpec<String> echo() {
		return AgentSpec.builder("a", String.class, () -> (message, context) -> Mono.just(message)).build();
	}

	private static Behaviour<String> endless() {
		return new Behaviour<>() {

			@Override
			public Publisher<?> onMessage(String message, AgentContext<String> context) {
				return Mono.empty();
			}

			@Override
			public Mono<Void> onStop(ExitReason reason, AgentContext<String> context) {
				return Mono.never();
			}

		};
	}

}
