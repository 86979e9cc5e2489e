package io.switchboard.ai.model;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.model.ModelProviderStatus.Waiting;
import io.switchboard.supervision.InvalidSpecificationException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the line in front of a {@link ModelProvider}.
 */
class ModelProviderTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void withoutLimitsEveryCallBeginsAtOnce() {
		Callers callers = new Callers(ModelProvider.builder("test").build());

		callers.call("a", "b", "c");

		assertThat(callers.begun).containsExactly("a", "b", "c");
		assertThat(callers.provider.status().waiting()).isEmpty();
	}

	@Test
	void noMoreCallsRunThanAllowedAndTheFirstToComeIsTheFirstServed() {
		Callers callers = new Callers(ModelProvider.builder("test").maxConcurrent(2).build());

		callers.call("a", "b", "c", "d");
		assertThat(callers.begun).containsExactly("a", "b");

		callers.answer("b");
		assertThat(callers.begun).containsExactly("a", "b", "c");

		callers.fail(FailureClass.BAD_REQUEST, "a");
		assertThat(callers.begun).containsExactly("a", "b", "c", "d");
	}

	@Test
	void aCallThatComesLaterDoesNotOvertakeOneThatWaits() {
		Callers callers = new Callers(ModelProvider.builder("test").requestsPerMinute(60).build());
		callers.call("a", "b");

		callers.answer("a");
		callers.call("c");
		callers.after(SECOND);
		callers.after(SECOND);

		assertThat(callers.begun).containsExactly("a", "b", "c");
	}

	@Test
	void whoeverLeavesTheLineIsNotServed() {
		Callers callers = new Callers(ModelProvider.builder("test").maxConcurrent(1).build());
		callers.call("a", "b", "c");

		callers.leave("b");
		callers.answer("a");

		assertThat(callers.begun).containsExactly("a", "c");
	}

	@Test
	void aCallThatIsCancelledMakesRoom() {
		Callers callers = new Callers(ModelProvider.builder("test").maxConcurrent(1).build());
		callers.call("a", "b");

		callers.leave("a");

		assertThat(callers.begun).containsExactly("a", "b");
		assertThat(callers.provider.statistics().undecided()).isEqualTo(1);
	}

	@Test
	void aCallThatCannotBeMadeMakesRoom() {
		ModelProvider provider = ModelProvider.builder("test").maxConcurrent(1).build();
		Callers callers = new Callers(provider);

		StepVerifier.create(provider.call(AgentPath.of("/broken"), callers.clock, () -> {
			throw new IllegalStateException("no request");
		})).expectErrorMessage("no request").verify(SECOND);
		callers.call("a");

		assertThat(callers.begun).containsExactly("a");
	}

	@Test
	void requestsAreSpreadOverTheMinute() {
		Callers callers = new Callers(ModelProvider.builder("test").requestsPerMinute(120).build());

		callers.call("a", "b", "c", "d", "e");
		assertThat(callers.begun).containsExactly("a", "b");

		callers.after(Duration.ofMillis(999));
		assertThat(callers.begun).containsExactly("a", "b");

		callers.after(Duration.ofMillis(1));
		assertThat(callers.begun).containsExactly("a", "b", "c", "d");

		callers.after(SECOND);
		assertThat(callers.begun).containsExactly("a", "b", "c", "d", "e");
	}

	@Test
	void lessThanOneRequestASecondIsAPaceToo() {
		Callers callers = new Callers(ModelProvider.builder("test").requestsPerMinute(20).build());

		callers.call("a", "b");
		callers.after(Duration.ofMillis(2999));
		assertThat(callers.begun).containsExactly("a");

		callers.after(Duration.ofMillis(1));
		assertThat(callers.begun).containsExactly("a", "b");
	}

	@Test
	void thePermissionOfOneThatLeavesGoesToTheNext() {
		Callers callers = new Callers(ModelProvider.builder("test").requestsPerMinute(60).build());
		callers.call("a", "b", "c");

		callers.leave("b");
		callers.after(SECOND);

		assertThat(callers.begun).containsExactly("a", "c");
	}

	@Test
	void aCallWaitsNoLongerThanItMay() {
		Callers callers = new Callers(
				ModelProvider.builder("test").maxConcurrent(1).maxWait(Duration.ofSeconds(30)).build());
		callers.call("a", "b");

		callers.after(Duration.ofMillis(29_999));
		assertThat(callers.errors).isEmpty();
		callers.after(Duration.ofMillis(1));

		assertThat(callers.failureOf("b")).isEqualTo(TurnFailure.of(FailureClass.OVERLOADED,
				"Provider 'test' had no place for a call within PT30S: 1 are under way, 0 wait"));
		assertThat(callers.provider.statistics().refused()).isEqualTo(1);
	}

	@Test
	void aCallThatMayNotWaitBeginsAtOnceOrNotAtAll() {
		Callers callers = new Callers(ModelProvider.builder("test").maxConcurrent(1).maxWait(Duration.ZERO).build());

		callers.call("a", "b");

		assertThat(callers.begun).containsExactly("a");
		assertThat(callers.failureOf("b").failure()).isEqualTo(FailureClass.OVERLOADED);
	}

	@Test
	void theWaitOfEachCallCountsFromWhenItCame() {
		Callers callers = new Callers(
				ModelProvider.builder("test").maxConcurrent(1).maxWait(Duration.ofSeconds(30)).build());
		callers.call("a", "b");
		callers.after(Duration.ofSeconds(20));
		callers.call("c");

		callers.after(Duration.ofSeconds(10));
		assertThat(callers.errors).containsOnlyKeys("b");
		callers.after(Duration.ofSeconds(20));

		assertThat(callers.errors).containsOnlyKeys("b", "c");
	}

	@Test
	void theProviderIsLeftAloneForAllAsLongAsItAsks() {
		Callers callers = new Callers(ModelProvider.builder("test").build());
		callers.call("a");

		callers.fail(FailureClass.RATE_LIMITED, Duration.ofSeconds(20), "a");
		callers.call("b");
		callers.after(Duration.ofMillis(19_999));
		assertThat(callers.begun).containsExactly("a");
		assertThat(callers.provider.status().resumesAt()).isEqualTo(Instant.ofEpochSecond(20));
		callers.after(Duration.ofMillis(1));

		assertThat(callers.begun).containsExactly("a", "b");
		assertThat(callers.provider.status().resumesAt()).isNull();
	}

	@Test
	void aShorterWishDoesNotEndALongerOne() {
		Callers callers = new Callers(ModelProvider.builder("test").build());
		callers.call("a", "b");

		callers.fail(FailureClass.RATE_LIMITED, Duration.ofSeconds(20), "a");
		callers.fail(FailureClass.RATE_LIMITED, SECOND, "b");

		assertThat(callers.provider.status().resumesAt()).isEqualTo(Instant.ofEpochSecond(20));
	}

	@Test
	void afterAPauseCallsFollowFewAtFirst() {
		Callers callers = new Callers(ModelProvider.builder("test").build());
		callers.call("x");
		callers.fail(FailureClass.OVERLOADED, Duration.ofSeconds(20), "x");
		callers.begun.clear();
		callers.call("a", "b", "c", "d", "e", "f", "g");

		callers.after(Duration.ofSeconds(20));
		assertThat(callers.begun).containsExactly("a");
		callers.say("a");
		assertThat(callers.begun).containsExactly("a", "b");
		callers.answer("b");
		assertThat(callers.begun).containsExactly("a", "b", "c", "d");
		callers.answer("c");

		assertThat(callers.begun).containsExactly("a", "b", "c", "d", "e", "f");
	}

	@Test
	void whoCannotBeServedInTimeIsToldAtOnce() {
		Callers callers = new Callers(
				ModelProvider.builder("test").maxConcurrent(1).maxWait(Duration.ofMinutes(1)).build());
		callers.call("a", "b");

		callers.fail(FailureClass.RATE_LIMITED, Duration.ofHours(1), "a");
		callers.call("c");

		assertThat(callers.failureOf("b")).isEqualTo(callers.failureOf("c"))
			.isEqualTo(new TurnFailure(FailureClass.RATE_LIMITED,
					"Provider 'test' is left alone for another PT1H, and a call waits PT1M at most",
					Duration.ofHours(1)));
	}

	@Test
	void theLineIsShownWithPlacesAndEstimates() {
		Callers callers = new Callers(ModelProvider.builder("test").maxConcurrent(2).build());
		callers.call("first", "a");
		callers.after(Duration.ofSeconds(10));
		callers.answer("first");
		callers.call("b", "c", "d", "e");

		ModelProviderStatus status = callers.provider.status();

		assertThat(status.name()).isEqualTo("test");
		assertThat(status.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(status.running()).isEqualTo(2);
		Instant since = Instant.ofEpochSecond(10);
		assertThat(status.waiting()).containsExactly(new Waiting(AgentPath.of("/c"), 1, since, Duration.ofSeconds(5)),
				new Waiting(AgentPath.of("/d"), 2, since, Duration.ofSeconds(10)),
				new Waiting(AgentPath.of("/e"), 3, since, Duration.ofSeconds(15)));
	}

	@Test
	void withoutAnAnswerThereIsNothingToEstimateFrom() {
		Callers callers = new Callers(ModelProvider.builder("test").maxConcurrent(1).build());

		callers.call("a", "b");

		assertThat(callers.provider.status().waiting()).extracting(Waiting::estimate).containsOnlyNulls();
	}

	@Test
	void theEstimateKnowsThePace() {
		Callers callers = new Callers(ModelProvider.builder("test").requestsPerMinute(30).build());

		callers.call("a", "b", "c");

		assertThat(callers.provider.status().waiting()).extracting(Waiting::estimate)
			.containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
	}

	@Test
	void callsAndWaitsAreCounted() {
		Callers callers = new Callers(ModelProvider.builder("test").maxConcurrent(1).build());
		callers.call("a", "b", "c", "d", "e");
		callers.after(Duration.ofSeconds(3));
		callers.answer("a");
		callers.after(Duration.ofSeconds(1));
		callers.fail(FailureClass.NETWORK, "b");
		callers.leave("c");

		assertThat(callers.provider.statistics()).isEqualTo(new ModelProviderStatistics(BreakerState.CLOSED, 1, 1,
				false, 1, 1, 1, 0, 3, Duration.ofSeconds(3 + 4 + 4)));
	}

	@Test
	void aCallThatHasWaitedBeginsOnItsAgentsScheduler() {
		ModelProvider provider = ModelProvider.builder("test").maxConcurrent(1).build();
		Callers callers = new Callers(provider);
		callers.call("a");
		Scheduler scheduler = Schedulers.newSingle("agents");
		try {
			Flux<String> waits = provider.call(AgentPath.of("/b"), scheduler,
					() -> Flux.defer(() -> Flux.just(Thread.currentThread().getName())));

			StepVerifier.create(waits)
				.then(() -> callers.answer("a"))
				.assertNext((thread) -> assertThat(thread).startsWith("agents"))
				.expectComplete()
				.verify(Duration.ofSeconds(10));
		}
		finally {
			scheduler.dispose();
		}
	}

	@Test
	void aCallWhoseSystemIsClosedIsOutOfTheLine() {
		ModelProvider provider = ModelProvider.builder("test").maxConcurrent(1).build();
		Callers callers = new Callers(provider);
		callers.call("a");
		Scheduler closed = Schedulers.newSingle("closed");
		closed.dispose();
		StepVerifier.FirstStep<Object> waiting = StepVerifier
			.create(provider.call(AgentPath.of("/b"), closed, Flux::never));

		waiting.expectError(RejectedExecutionException.class).verify(Duration.ofSeconds(10));

		assertThat(provider.status().waiting()).isEmpty();
	}

	@Test
	void everythingWrongWithTheSettingsIsReportedAtOnce() {
		ModelProvider.Builder builder = ModelProvider.builder("test")
			.maxConcurrent(-1)
			.requestsPerMinute(-2)
			.maxWait(Duration.ofSeconds(-3));

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(builder::build)
			.withMessageContaining("model provider 'test'")
			.withMessageContaining("maxConcurrent: -1 is given, zero or more is needed")
			.withMessageContaining("requestsPerMinute: -2 is given, zero or more is needed")
			.withMessageContaining("maxWait: PT-3S is given, zero or more is needed");
	}

}
