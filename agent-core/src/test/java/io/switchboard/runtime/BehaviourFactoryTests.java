package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BehaviourFactory;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a restart makes a new behaviour.
 */
class BehaviourFactoryTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void behaviourWithoutFieldsMayServeEveryIncarnation() {
		AgentSystem system = system(() -> (divisor, context) -> Mono.just(100 / divisor));
		AgentRef<Integer> divider = system.agent("/divider", Integer.class);

		StepVerifier.create(divider.ask(0, Integer.class)).expectError(AgentExitedException.class).verify(LIMIT);

		StepVerifier.create(divider.ask(5, Integer.class)).expectNext(20).expectComplete().verify(LIMIT);
	}

	@Test
	void behaviourWithFieldsServesOneIncarnationOnly() {
		Divider shared = new CountingDivider();
		AgentSystem system = system(() -> shared);
		AgentRef<Integer> divider = system.agent("/divider", Integer.class);

		StepVerifier.create(divider.ask(0, Integer.class)).expectError(AgentExitedException.class).verify(LIMIT);

		TreeNode node = system.tree().find(AgentPath.of("/divider"));
		assertThat(node.status()).isEqualTo(NodeStatus.STOPPED);
		assertThat(node.lastExit().reason().cause()).hasMessageContaining("must return a new object each time");
	}

	private static AgentSystem system(BehaviourFactory<Integer> factory) {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(AgentSpec.builder("divider", Integer.class, factory).build())
				.build())
			.scheduler(time)
			.blockingScheduler(time)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

	static class Divider implements Behaviour<Integer> {

		int divided;

		@Override
		public Publisher<?> onMessage(Integer divisor, AgentContext<Integer> context) {
			this.divided++;
			return Mono.just(100 / divisor);
		}

	}

	static class CountingDivider extends Divider {

	}

}
