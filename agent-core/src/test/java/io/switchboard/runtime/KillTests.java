package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Cell#kill} where it comes at the wrong moment.
 */
class KillTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AgentPath PATH = AgentPath.of("/a");

	private final CountDownLatch handling = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final SupervisorSpec root = SupervisorSpec.builder("root")
		.child(AgentSpec.builder("a", String.class, () -> (message, context) -> {
			if (message.equals("wait")) {
				this.handling.countDown();
				this.release.await();
			}
			return message.equals("crash") ? Mono.error(new IllegalStateException("as asked")) : Mono.just(message);
		}).build())
		.build();

	@Test
	void killThatComesTooLateLeavesTheNextLifeAlone() {
		AgentSystem system = AgentSystem.builder(this.root).build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		try {
			system.agent(PATH, String.class).tell("crash");

			StepVerifier.create(system.agent(PATH, String.class).ask("wait", String.class)).then(() -> {
				awaitHandling();
				cell(system).kill(1);
				this.release.countDown();
			}).expectNext("wait").expectComplete().verify(LIMIT);

			assertThat(cell(system).child().incarnation).isEqualTo(2);
		}
		finally {
			this.release.countDown();
			StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
		}
	}

	@Test
	void killThatIsFasterThanTheStartEndsTheStart() {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		AgentSystem system = AgentSystem.builder(this.root).scheduler(time).blockingScheduler(time).build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		cell(system).kill(2);

		system.agent(PATH, String.class).tell("crash");

		assertThat(cell(system).child().status).isEqualTo(NodeStatus.RUNNING);
		assertThat(cell(system).child().incarnation).isEqualTo(3);
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
	}

	private void awaitHandling() {
		try {
			this.handling.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Cell cell(AgentSystem system) {
		return Objects.requireNonNull(((DefaultAgentSystem) system).find(PATH), "the agent lives");
	}

}
