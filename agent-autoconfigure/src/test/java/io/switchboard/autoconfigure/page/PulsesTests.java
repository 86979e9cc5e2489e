package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Pulses}.
 */
class PulsesTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	private final Sinks.Many<AgentEvent> events = Sinks.many().multicast().directBestEffort();

	@Test
	void stormIsAFewPulses() {
		StepVerifier.create(pulses().follow()).then(this.clock::advanceTime).assertNext((pulse) -> {
			assertThat(pulse.number()).isEqualTo(1);
			assertThat(pulse.restarts()).isZero();
		}).then(() -> {
			for (int agent = 0; agent < 3000; agent++) {
				this.events.tryEmitNext(restarted("/desk/" + agent));
			}
			this.clock.advanceTimeBy(Pulses.PACE);
		}).assertNext((pulse) -> {
			assertThat(pulse.restarts()).isEqualTo(3000);
			assertThat(pulse.many()).isTrue();
			assertThat(pulse.news()).hasSize(Changes.MAX_NEWS);
		}).thenCancel().verify(LIMIT);
	}

	@Test
	void silenceIsAPulseASecond() {
		StepVerifier.create(pulses().follow())
			.then(this.clock::advanceTime)
			.expectNextCount(1)
			.then(() -> this.clock.advanceTimeBy(Duration.ofSeconds(3)))
			.expectNextCount(3)
			.then(() -> this.clock.advanceTimeBy(Duration.ofMillis(900)))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void allReadersShareOneSubscriptionThatGoesWithTheLast() {
		Pulses pulses = pulses();

		StepVerifier.create(pulses.follow()).then(() -> {
			StepVerifier.create(pulses.follow())
				.then(() -> assertThat(this.events.currentSubscriberCount()).isEqualTo(1))
				.thenCancel()
				.verify(LIMIT);
			assertThat(this.events.currentSubscriberCount()).isEqualTo(1);
		}).thenCancel().verify(LIMIT);

		assertThat(this.events.currentSubscriberCount()).isZero();
	}

	@Test
	void pulsesEndWithTheSystem() {
		StepVerifier.create(pulses().follow())
			.then(this.events::tryEmitComplete)
			.thenConsumeWhile((pulse) -> true)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void totalsAreThoseOfTheMeters() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		meters.timer("switchboard.turn", "agent", "a").record(Duration.ofSeconds(1));
		meters.timer("switchboard.turn", "agent", "b").record(Duration.ofSeconds(1));

		assertThat(new MeterTotals(meters).read()).isEqualTo(Map.of("turns", 2.0));
	}

	private Pulses pulses() {
		AgentSystem system = mock(AgentSystem.class);
		given(system.events()).willReturn(this.events.asFlux());
		return new Pulses(new TreeView(system), ReasonText.HIDE_MESSAGES, Totals.NONE, this.clock);
	}

	private static AgentEvent restarted(String path) {
		return new AgentEvent.Restarted(AgentPath.of(path), NodeType.AGENT, 2, ExitReason.killed(), 1, Instant.EPOCH);
	}

}
