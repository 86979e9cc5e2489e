package io.switchboard.ai.model;

import java.time.Duration;
import java.util.stream.Stream;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link CallWatch} and its {@link CallLimits}.
 */
class CallWatchTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(60), Duration.ofSeconds(30),
			Duration.ofSeconds(100));

	private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	private final TestPublisher<String> provider = TestPublisher.create();

	@AfterEach
	void close() {
		this.clock.dispose();
	}

	@Test
	void aCallThatDoesNotBeginIsCancelledAndFails() {
		StepVerifier.create(limited(LIMITS))
			.then(() -> pass(59))
			.then(this.provider::assertSubscribers)
			.then(() -> pass(1))
			.expectErrorSatisfies((ex) -> assertBroken(ex, FailureClass.FIRST_TOKEN_TIMEOUT, "PT1M"))
			.verify(PATIENCE);
		this.provider.assertCancelled();
	}

	@Test
	void aCallThatFallsSilentIsCancelledAndFails() {
		StepVerifier.create(limited(LIMITS))
			.then(() -> pass(50))
			.then(() -> this.provider.next("well"))
			.expectNext("well")
			.then(() -> pass(29))
			.then(this.provider::assertSubscribers)
			.then(() -> pass(1))
			.expectErrorSatisfies((ex) -> assertBroken(ex, FailureClass.STALLED, "PT30S"))
			.verify(PATIENCE);
		this.provider.assertCancelled();
	}

	@Test
	void silenceIsNoticedBeforeTheTimeToBeginWouldBeUp() {
		StepVerifier.create(limited(LIMITS))
			.then(() -> pass(1))
			.then(() -> this.provider.next("well"))
			.expectNext("well")
			.then(() -> pass(29))
			.then(this.provider::assertSubscribers)
			.then(() -> pass(1))
			.expectErrorSatisfies((ex) -> assertBroken(ex, FailureClass.STALLED, "PT30S"))
			.verify(PATIENCE);
		this.provider.assertCancelled();
	}

	@Test
	void aCallThatGoesOnForEverIsCancelledAndFails() {
		StepVerifier.create(limited(LIMITS).then()).then(() -> {
			for (int second = 1; second < 100; second++) {
				pass(1);
				this.provider.next("well");
			}
			this.provider.assertSubscribers();
		})
			.then(() -> pass(1))
			.expectErrorSatisfies((ex) -> assertBroken(ex, FailureClass.TIMEOUT, "PT1M40S"))
			.verify(PATIENCE);
		this.provider.assertCancelled();
	}

	@Test
	void aSignOfLifeThatIsNoPieceCounts() {
		CallWatch watch = CallWatch.begin(LIMITS, this.clock);

		StepVerifier.create(watch.limit(this.provider.flux()))
			.then(() -> pass(59))
			.then(watch::heard)
			.then(() -> pass(29))
			.then(watch::heard)
			.then(() -> pass(11))
			.then(this.provider::assertSubscribers)
			.then(() -> this.provider.next("well").complete())
			.expectNext("well")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theEndOfACallEndsItsTimer() {
		StepVerifier.create(limited(LIMITS))
			.then(() -> this.provider.next("well").complete())
			.expectNext("well")
			.expectComplete()
			.verify(PATIENCE);

		pass(1000);
		assertThat(this.clock.getScheduledTaskCount()).as("timers, also those of the past").isOne();
	}

	@Test
	void manyPiecesNeedOneTimer() {
		StepVerifier.create(limited(LIMITS)).then(() -> {
			for (int piece = 0; piece < 1000; piece++) {
				this.provider.next("well");
			}
		})
			.expectNextCount(1000)
			.then(() -> assertThat(this.clock.getScheduledTaskCount()).isOne())
			.thenCancel()
			.verify(PATIENCE);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void zeroIsNoLimit(String name, CallLimits limits, int silence, boolean begun, boolean broken) {
		StepVerifier.FirstStep<String> call = StepVerifier.create(limited(limits));
		StepVerifier.Step<String> begins = begun ? call.then(() -> this.provider.next("well")).expectNext("well")
				: call;
		StepVerifier.Step<String> waits = begins.then(() -> pass(silence));

		if (broken) {
			waits.expectError(TurnFailureException.class).verify(PATIENCE);
		}
		else {
			waits.then(this.provider::assertSubscribers).thenCancel().verify(PATIENCE);
		}
	}

	static Stream<Arguments> zeroIsNoLimit() {
		CallLimits none = CallLimits.none();
		CallLimits noFirst = none.withStall(Duration.ofSeconds(30));
		CallLimits noStall = none.withFirstToken(Duration.ofSeconds(60));
		return Stream.of(arguments("no limit, not begun", none, 100_000, false, false),
				arguments("no limit, begun", none, 100_000, true, false),
				arguments("silence only, not begun", noFirst, 100_000, false, false),
				arguments("silence only, begun", noFirst, 30, true, true),
				arguments("begin only, not begun", noStall, 60, false, true),
				arguments("begin only, begun", noStall, 100_000, true, false),
				arguments("total only, begun", none.withTotal(Duration.ofSeconds(10)), 10, true, true));
	}

	@Test
	void limitsAreNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> CallLimits.defaults().withStall(Duration.ofSeconds(-1)))
			.withMessageContaining("'stall'")
			.withMessageContaining("PT-1S");
	}

	private Flux<String> limited(CallLimits limits) {
		return CallWatch.begin(limits, this.clock).limit(this.provider.flux());
	}

	private void pass(int seconds) {
		this.clock.advanceTimeBy(Duration.ofSeconds(seconds));
	}

	private static void assertBroken(Throwable ex, FailureClass failure, String limit) {
		assertThat(ex).isInstanceOfSatisfying(TurnFailureException.class, (broken) -> {
			assertThat(broken.failure().failure()).isEqualTo(failure);
			assertThat(broken.failure().detail()).contains(limit);
		});
	}

}
