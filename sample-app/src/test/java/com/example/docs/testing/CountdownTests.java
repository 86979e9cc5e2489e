package com.example.docs.testing;

import java.time.Duration;

import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows a test under virtual time.
 */
// tag::virtual-time[]
class CountdownTests {

	private final SupervisorSpec root = SupervisorSpec.builder("root")
		.child(AgentSpec
			.builder("countdown", Integer.class,
					() -> (from, context) -> Flux.range(1, from)
						.map((step) -> 10 / (from - step))
						.delayElements(Duration.ofSeconds(1), context.scheduler()))
			.build())
		.build();

	@Test
	void crashesAtTheEndAndIsBack() {
		try (TestAgentSystem system = TestAgentSystem.start(this.root)) {
			TestSubscriber<Integer> reader = TestSubscriber.create();
			system.agent("/countdown").stream(3, Integer.class).subscribe(reader);

			system.advance(Duration.ofSeconds(2));

			assertThat(reader.getReceivedOnNext()).containsExactly(5, 10);
			assertThat(reader.isTerminatedError()).isTrue();
			assertThat(system.tree()).hasNode("/countdown").withIncarnation(2).withRestarts(1);
			assertThat(system.events().of(AgentEvent.Restarted.class)).hasSize(1);
		}
	}

}
// end::virtual-time[]
