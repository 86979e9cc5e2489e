package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentContext#sendAfter} with the runtime's own clock.
 */
class SendAfterTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void aTimerThatIsCalledOffIsForgotten() {
		AtomicReference<AgentContext<?>> context = new AtomicReference<>();
		AgentSystem system = AgentSystem.builder(
				SupervisorSpec.builder("root").child(AgentSpec.builder("a", Object.class, () -> (message, life) -> {
					context.set(life);
					return Mono.just("done");
				}).build()).build())
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		StepVerifier.create(system.agent("/a", Object.class).ask("x", String.class))
			.expectNext("done")
			.expectComplete()
			.verify(LIMIT);

		Incarnation life = (Incarnation) context.get();
		life.sendAfter(Duration.ofHours(1), "later").dispose();

		assertThat(life.boundCount()).isZero();
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
	}

	@Test
	void withoutDelayTheMessageIsInTheMailboxAtOnce() {
		Sinks.Many<Object> handled = Sinks.many().replay().all();
		AgentSystem system = AgentSystem.builder(
				SupervisorSpec.builder("root").child(AgentSpec.builder("a", String.class, () -> (message, life) -> {
					handled.tryEmitNext(message);
					if (message.equals("begin")) {
						life.sendAfter(Duration.ZERO, "at once");
						life.sendAfter(Duration.ofNanos(-1), "overdue");
						life.self().tell("told afterwards");
					}
					return Mono.empty();
				}).build()).build())
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);

		system.agent("/a", String.class).tell("begin");

		StepVerifier.create(handled.asFlux().take(4))
			.expectNext("begin", "at once", "overdue", "told afterwards")
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
	}

}
