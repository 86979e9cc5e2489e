package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what reaches a supervisor after its end and before its next start.
 */
class BetweenTwoLivesTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AgentPath DESK = AgentPath.of("/desk");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Sinks.Empty<Void> clean = Sinks.empty();

	private final List<Object> told = new ArrayList<>();

	@Test
	void aRequestToASuspendedOneIsAnswered() {
		AgentSystem system = start();
		system.control(DESK).kill().subscribe();
		system.control(DESK).suspend().subscribe();

		system.supervisor(DESK)
			.startChild(agent("later"))
			.map(StartedChild::path)
			.subscribe(this.told::add, this.told::add);
		assertThat(this.told).isEmpty();
		this.clean.tryEmitEmpty();

		assertThat(this.told).containsExactly(DESK.child("later"));
	}

	private AgentSystem start() {
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.strategy(Strategy.ONE_FOR_ALL)
				.child(SupervisorSpec.builder("desk").child(agent("a")).build())
				.child(AgentSpec.builder("slow", String.class, SlowToStop::new).build())
				.build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

	private static AgentSpec<String> agent(String id) {
		return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.just(message)).build();
	}

	private final class SlowToStop implements Behaviour<String> {

		@Override
		public Publisher<?> onMessage(String message, AgentContext<String> context) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> onStop(ExitReason reason, AgentContext<String> context) {
			return BetweenTwoLivesTests.this.clean.asMono();
		}

	}

}
