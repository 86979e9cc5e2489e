package io.switchboard.autoconfigure.web;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamLimits}.
 */
class StreamLimitsTests {

	private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

	private static final Caller ANN = new Caller("ann", "10.0.0.1", true, false);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final StreamLimits limits = new StreamLimits(
			new AgentWebProperties.Limits(0, 0, 0, 2, 2, 2, Duration.ofSeconds(1)), this.scheduler);

	@AfterEach
	void stop() {
		this.scheduler.dispose();
	}

	@Test
	void aResponseThatNobodyReadsDoesNotCountForLong() {
		open();
		assertThat(this.limits.openStreams()).isOne();

		this.scheduler.advanceTimeBy(HALF_A_MINUTE);

		assertThat(this.limits.openStreams()).isZero();
	}

	@Test
	void aStreamCountsForAsLongAsItIsRead() {
		Disposable reader = open().subscribe();

		this.scheduler.advanceTimeBy(HALF_A_MINUTE.multipliedBy(2));
		assertThat(this.limits.openStreams()).isOne();
		reader.dispose();

		assertThat(this.limits.openStreams()).isZero();
	}

	private Flux<Object> open() {
		return this.limits.open(ANN, (slot) -> Mono.just(slot.of(Flux.never()))).block();
	}

}
