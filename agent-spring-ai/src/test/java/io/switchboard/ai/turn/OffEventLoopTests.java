package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OffEventLoop}.
 */
class OffEventLoopTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ELEMENTS = 1000;

	private final Scheduler workers = Schedulers.newBoundedElastic(1, 10_000, "workers");

	private final Scheduler readers = Schedulers.newBoundedElastic(1, 10_000, "readers");

	private final Scheduler eventLoops = Schedulers.newParallel("event-loops", 1);

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.workers.dispose();
		this.readers.dispose();
		this.eventLoops.dispose();
	}

	@Test
	void whatComesOnAThreadThatMayBlockStaysThere() {
		verify(elementsOn(this.readers));

		assertThat(this.threads).hasSize(ELEMENTS).allMatch((thread) -> thread.getName().startsWith("readers"));
	}

	@Test
	void whatComesOnAnEventLoopIsTakenOffItInOrder() {
		verify(elementsOn(this.eventLoops));

		assertThat(this.threads).hasSize(ELEMENTS).allMatch((thread) -> thread.getName().startsWith("workers"));
	}

	private Flux<Integer> elementsOn(Scheduler scheduler) {
		return Flux.range(0, ELEMENTS)
			.publishOn(scheduler)
			// two of the kind would make one, and hand over when asked
			.hide()
			.publishOn(new OffEventLoop(this.workers))
			.doOnNext((element) -> this.threads.add(Thread.currentThread()));
	}

	private static void verify(Flux<Integer> elements) {
		StepVerifier.create(elements)
			.expectNextSequence(Flux.range(0, ELEMENTS).toIterable())
			.expectComplete()
			.verify(PATIENCE);
	}

}
