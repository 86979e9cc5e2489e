package io.switchboard.autoconfigure.page;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PageThread}.
 */
class PageThreadTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final PageThread thread = new PageThread(Schedulers.immediate());

	@Test
	void whoReadsWhenTheApplicationStopsIsSentAway() {
		StepVerifier.create(this.thread.untilStop(Flux.never())).then(() -> {
			this.thread.start();
			assertThat(this.thread.isRunning()).isTrue();
			this.thread.stop();
			assertThat(this.thread.isRunning()).isFalse();
		}).expectComplete().verify(LIMIT);
	}

	@Test
	void whoComesBackWhileTheApplicationStopsIsSentAwayToo() {
		this.thread.start();
		this.thread.stop();

		StepVerifier.create(this.thread.untilStop(Flux.never())).expectComplete().verify(LIMIT);
	}

	@Test
	void whoComesWhenTheApplicationHasStartedAgainReads() {
		this.thread.start();
		this.thread.stop();
		this.thread.start();

		StepVerifier.create(this.thread.untilStop(Flux.just(1).concatWith(Flux.never())))
			.expectNext(1)
			.then(this.thread::stop)
			.expectComplete()
			.verify(LIMIT);
	}

}
