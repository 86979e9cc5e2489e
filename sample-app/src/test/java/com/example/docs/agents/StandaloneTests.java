package com.example.docs.agents;

import java.time.Duration;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentRef;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * Tests the example of a system without Spring.
 */
class StandaloneTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void dividerAnswersAfterItsCrash() {
		// tag::standalone[]
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(AgentSpec.builder("divider", Integer.class, () -> (divisor, context) -> Mono.just(100 / divisor))
					.build())
				.build())
			.build();
		AgentRef<Integer> divider = system.agent("/divider", Integer.class);

		Mono<Integer> answer = system.start().then(divider.ask(5, Integer.class));
		Mono<Integer> crash = divider.ask(0, Integer.class);
		// end::standalone[]

		StepVerifier.create(answer).expectNext(20).expectComplete().verify(LIMIT);
		StepVerifier.create(crash).expectError(AgentExitedException.class).verify(LIMIT);
		StepVerifier.create(divider.ask(4, Integer.class)).expectNext(25).expectComplete().verify(LIMIT);
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
	}

}
