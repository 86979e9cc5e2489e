package io.switchboard.ai.model;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how a {@link ModelProvider} that fails is left alone.
 */
class ModelProviderBreakerTests {

	private static final Duration OPEN_FOR = Duration.ofSeconds(10);

	private final Callers callers = new Callers(ModelProvider.builder("test").build());

	@ParameterizedTest
	@EnumSource(mode = Mode.INCLUDE,
			names = { "RATE_LIMITED", "OVERLOADED", "NETWORK", "FIRST_TOKEN_TIMEOUT", "PROVIDER_ERROR" })
	void failuresOfTheProviderOpenIt(FailureClass failure) {
		fail(failure);

		assertThat(this.callers.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.callers.provider.statistics().failed()).isEqualTo(5);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE,
			names = { "RATE_LIMITED", "OVERLOADED", "NETWORK", "FIRST_TOKEN_TIMEOUT", "PROVIDER_ERROR" })
	void otherFailuresDoNot(FailureClass failure) {
		fail(failure);

		assertThat(this.callers.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.callers.provider.statistics().failed()).isZero();
	}

	private void fail(FailureClass failure) {
		for (int call = 0; call < 5; call++) {
			this.callers.call("a");
			this.callers.fail(failure, "a");
		}
	}

	@Test
	void aFewFailuresAmongAnswersDoNotOpenIt() {
		for (int round = 0; round < 10; round++) {
			this.callers.call("a", "b", "c");
			this.callers.answer("a", "b");
			this.callers.fail(FailureClass.NETWORK, "c");
		}

		assertThat(this.callers.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void failuresThatAreLongAgoDoNotCount() {
		for (int call = 0; call < 20; call++) {
			this.callers.call("a");
			this.callers.fail(FailureClass.NETWORK, "a");
			this.callers.after(Duration.ofSeconds(20));
		}

		assertThat(this.callers.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void longAnswersAreNoFailures() {
		for (int call = 0; call < 10; call++) {
			this.callers.call("a");
			this.callers.after(Duration.ofMinutes(5));
			this.callers.answer("a");
		}

		assertThat(this.callers.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void agentsWaitWhileItIsOpenInsteadOfFailing() {
		this.callers.failInTurn(5);

		this.callers.call("a", "b");
		this.callers.after(OPEN_FOR.minusMillis(1));

		assertThat(this.callers.begun).isEmpty();
		assertThat(this.callers.errors).isEmpty();
		ModelProviderStatus status = this.callers.provider.status();
		assertThat(status.state()).isEqualTo(BreakerState.OPEN);
		assertThat(status.resumesAt()).isEqualTo(Instant.EPOCH.plus(OPEN_FOR));
		assertThat(status.waiting()).extracting((waiting) -> waiting.agent().toString()).containsExactly("/a", "/b");
		assertThat(this.callers.provider.statistics().held()).isTrue();
	}

	@Test
	void oneTriesAndTheOthersFollowItsFirstPiece() {
		this.callers.failInTurn(5);
		this.callers.call("a", "b", "c", "d");

		this.callers.after(OPEN_FOR);
		assertThat(this.callers.begun).containsExactly("a");
		assertThat(this.callers.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.callers.say("a");
		assertThat(this.callers.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.callers.begun).containsExactly("a", "b");
		this.callers.answer("b");

		assertThat(this.callers.begun).containsExactly("a", "b", "c", "d");
	}

	@Test
	void aTrialThatFailsOpensItAgain() {
		this.callers.failInTurn(5);
		this.callers.call("a", "b");

		this.callers.after(OPEN_FOR);
		this.callers.fail(FailureClass.OVERLOADED, "a");
		assertThat(this.callers.state()).isEqualTo(BreakerState.OPEN);
		this.callers.after(OPEN_FOR.minusMillis(1));
		assertThat(this.callers.begun).containsExactly("a");
		this.callers.after(Duration.ofMillis(1));

		assertThat(this.callers.begun).containsExactly("a", "b");
	}

	@Test
	void aTrialThatIsCancelledLeavesItToTheNext() {
		this.callers.failInTurn(5);
		this.callers.call("a", "b", "c");
		this.callers.after(OPEN_FOR);

		this.callers.leave("a");

		assertThat(this.callers.state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(this.callers.begun).containsExactly("a", "b");
	}

	@Test
	void aTrialThatTheProviderDeclinesShowsThatItIsBack() {
		this.callers.failInTurn(5);
		this.callers.call("a", "b", "c", "d");
		this.callers.after(OPEN_FOR);

		this.callers.fail(FailureClass.CONTEXT_OVERFLOW, "a");

		assertThat(this.callers.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.callers.begun).containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@EnumSource(names = { "QUOTA_SPENT", "UNKNOWN_MODEL" })
	void nobodyWaitsForWhatNoTimeCures(FailureClass failure) {
		for (int call = 0; call < 10; call++) {
			this.callers.call("a");
			this.callers.fail(failure, Duration.ofMinutes(1), "a");
		}

		this.callers.call("b");

		assertThat(this.callers.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.callers.begun).hasSize(11).last().isEqualTo("b");
	}

	@Test
	void callsFromBeforeSayNothingAboutWhatIsNow() {
		this.callers.call("before", "alsoBefore");
		this.callers.failInTurn(5);
		this.callers.call("a", "b");

		this.callers.answer("before");
		assertThat(this.callers.state()).isEqualTo(BreakerState.OPEN);
		this.callers.after(OPEN_FOR);
		this.callers.fail(FailureClass.NETWORK, "alsoBefore");

		assertThat(this.callers.state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(this.callers.begun).containsExactly("a");
	}

	@Test
	void callsFromBeforeDoNotKeepATrialFromBeginning() {
		this.callers.call("x", "y", "z");
		this.callers.failInTurn(5);
		this.callers.call("a");

		this.callers.after(OPEN_FOR);

		assertThat(this.callers.begun).containsExactly("a");
	}

	@Test
	void whoWaitsForATrialThatDoesNotEndIsToldWhy() {
		Callers hasty = new Callers(ModelProvider.builder("test").maxWait(Duration.ofSeconds(15)).build());
		hasty.failInTurn(5);
		hasty.call("a", "b");

		hasty.after(Duration.ofSeconds(15));

		assertThat(hasty.begun).containsExactly("a");
		assertThat(hasty.failureOf("b")).isEqualTo(
				TurnFailure.of(FailureClass.OVERLOADED, "Provider 'test' was not found to be back within PT15S"));
	}

	@Test
	void withoutABreakerNothingOpens() {
		Callers brave = new Callers(ModelProvider.builder("test").withoutBreaker().build());

		brave.failInTurn(100);
		brave.call("a");

		assertThat(brave.begun).containsExactly("a");
		assertThat(brave.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void itsSettingsAreTakenAsGiven() {
		Callers callers = new Callers(ModelProvider.builder("test")
			.breaker(BreakerSettings.defaults()
				.withMinimumCalls(2)
				.withFailureRate(100)
				.withWindow(Duration.ofSeconds(5))
				.withOpenFor(Duration.ofSeconds(1)))
			.build());

		callers.failInTurn(2);
		assertThat(callers.state()).isEqualTo(BreakerState.OPEN);
		callers.call("a");
		callers.after(Duration.ofSeconds(1));

		assertThat(callers.begun).containsExactly("a");
	}

}
