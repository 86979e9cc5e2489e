package io.switchboard.ai.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads at one {@link ModelProvider}.
 */
class ModelProviderRaceTests {

	private static final int CALLS = 20_000;

	private static final int AT_ONCE = 4;

	private final Scheduler scheduler = Schedulers.newParallel("agents", 4);

	private final Set<Integer> running = new HashSet<>();

	private int mostAtOnce;

	@AfterEach
	void close() {
		this.scheduler.dispose();
	}

	@Test
	void theLimitHoldsAndEveryCallEnds() {
		ModelProvider provider = ModelProvider.builder("test").maxConcurrent(AT_ONCE).build();

		// Every third leaves while it waits, begins or ends
		Flux<String> calls = Flux.range(0, CALLS)
			.flatMap((number) -> Mono.defer(() -> call(provider, number))
				.takeUntilOther((number % 3 == 0) ? Mono.just(number).publishOn(this.scheduler) : Mono.never())
				.defaultIfEmpty("left")
				.subscribeOn(this.scheduler), 64);

		StepVerifier.create(calls).expectNextCount(CALLS).expectComplete().verify(Duration.ofSeconds(60));
		assertThat(this.mostAtOnce).isLessThanOrEqualTo(AT_ONCE);
		ModelProviderStatus status = provider.status();
		assertThat(status.running()).isZero();
		assertThat(status.waiting()).isEmpty();
	}

	private Mono<String> call(ModelProvider provider, int number) {
		return provider.call(AgentPath.ROOT.child("agent" + number), this.scheduler, () -> Mono.defer(() -> {
			begin(number);
			return Mono.just("answered").publishOn(this.scheduler);
		}).doOnNext((answer) -> end(number)).doOnCancel(() -> end(number))).next();
	}

	private void begin(int number) {
		synchronized (this.running) {
			this.running.add(number);
			this.mostAtOnce = Math.max(this.mostAtOnce, this.running.size());
		}
	}

	/**
	 * A call may end by its answer and be cancelled at once; whichever comes back first,
	 * it is over then.
	 */
	private void end(int number) {
		synchronized (this.running) {
			this.running.remove(number);
		}
	}

}
