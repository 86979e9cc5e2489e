package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IncarnationScheduler}, as to lives that are over.
 */
class IncarnationSchedulerTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final AtomicReference<Scheduler> kept = new AtomicReference<>();

	private final AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root")
		.children(List.of(AgentSpec.builder("a", String.class, () -> (message, context) -> {
			this.kept.set(context.scheduler());
			return Mono.just("kept");
		}).build()))
		.build()).build();

	@Test
	void whatComesWhenTheThreadsAreGoneIsNoErrorOfALifeThatIsOver() {
		StepVerifier.create(this.system.start()).expectComplete().verify(LIMIT);
		StepVerifier.create(this.system.agent("/a", String.class).ask("keep", String.class))
			.expectNext("kept")
			.expectComplete()
			.verify(LIMIT);
		Scheduler scheduler = this.kept.get();
		Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
		TestSubscriber<String> receiver = TestSubscriber.create();
		source.asFlux().publishOn(scheduler).subscribe(receiver);
		StepVerifier.create(this.system.stop()).expectComplete().verify(LIMIT);

		source.tryEmitNext("late");

		assertThat(receiver.isTerminated()).isFalse();
		assertThat(receiver.getReceivedOnNext()).isEmpty();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> scheduler.schedule(source::tryEmitComplete));
	}

}
