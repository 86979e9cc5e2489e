package io.switchboard.ai.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClimbTests {

	private static final TurnFailure FAILURE = TurnFailure.of(FailureClass.NETWORK);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			retry(2), feedback, switch-model | | retry retry feedback switch-model switch-model switch-model
			retry(2), feedback               | | retry retry feedback give-up give-up give-up
			                                 | | give-up give-up give-up give-up give-up give-up
			retry(2), feedback(2), restart   | retry | feedback feedback restart give-up give-up give-up
			retry, compact(2), restart       | compact | retry restart give-up give-up give-up give-up
			switch-model, retry              | switch-model | retry give-up give-up give-up give-up give-up
			retry(3), give-up                | | retry retry retry give-up give-up give-up
			""")
	void goesUpRungByRungAndLeavesOutWhatIsNotPossible(String rungs, String impossible, String expected) {
		RecoveryPolicy policy = policy((rungs != null) ? rungs.split(",\\s*") : new String[0]);
		Predicate<Rung> possible = (rung) -> !rung.id().equals(impossible);

		List<String> taken = new ArrayList<>();
		Climb climb = Climb.bottom();
		for (int i = 0; i < 6; i++) {
			Climb.Taken next = climb.next(FAILURE, policy, possible);
			taken.add(next.rung().id());
			climb = next.after();
		}

		assertThat(taken).containsExactly(expected.split(" "));
	}

	@Test
	void goesOnWithTheNextRungWhereOneIsNoLongerPossible() {
		RecoveryPolicy policy = policy("switch-model", "retry");
		Climb climb = Climb.bottom().next(FAILURE, policy, (rung) -> true).after();

		Climb.Taken next = climb.next(FAILURE, policy, (rung) -> !(rung instanceof Rung.SwitchModel));

		assertThat(next.rung()).isEqualTo(new Rung.Retry(1));
		assertThat(next.after().next(FAILURE, policy, (rung) -> true).rung()).isEqualTo(new Rung.GiveUp());
	}

	@Test
	void eachClassHasALadderOfItsOwn() {
		RecoveryPolicy policy = policy("retry").with(FailureClass.STALLED, Ladder.of("restart"));
		Climb climb = Climb.bottom().next(FAILURE, policy, (rung) -> true).after();

		Climb.Taken next = climb.next(TurnFailure.of(FailureClass.STALLED), policy, (rung) -> true);

		assertThat(next.rung()).isEqualTo(new Rung.Restart(1));
	}

	@Test
	void beginsAtTheBottomWhenTheTurnHasGotOn() {
		RecoveryPolicy policy = policy("retry", "restart");
		Climb climb = Climb.bottom().next(FAILURE, policy, (rung) -> true).after().gotOn();

		Climb.Taken next = climb.next(FAILURE, policy, (rung) -> true);

		assertThat(next.rung()).isEqualTo(new Rung.Retry(1));
		assertThat(next.after().attempts()).isEqualTo(2);
	}

	@Test
	void endsAfterSoManyAttemptsInAll() {
		RecoveryPolicy policy = policy("retry(100)").withMaxAttempts(2);
		Climb climb = Climb.bottom().next(FAILURE, policy, (rung) -> true).after().gotOn();
		climb = climb.next(FAILURE, policy, (rung) -> true).after().gotOn();

		assertThat(climb.next(FAILURE, policy, (rung) -> true).rung()).isEqualTo(new Rung.GiveUp());
	}

	@Test
	void noAttemptsMeansNoRecovery() {
		RecoveryPolicy policy = policy("retry").withMaxAttempts(0);

		assertThat(Climb.bottom().next(FAILURE, policy, (rung) -> true).rung()).isEqualTo(new Rung.GiveUp());
		assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxAttempts(-1)).withMessageContaining("-1");
	}

	@Test
	void waitIsTheProvidersElseItDoubles() {
		RecoveryPolicy policy = policy("retry(4)")
			.withDelay(new RetryDelay(Duration.ofSeconds(2), Duration.ofSeconds(9)));
		TurnFailure asking = FAILURE.withRetryAfter(Duration.ofSeconds(7));

		assertThat(waits(FAILURE, policy, 0)).containsExactly(seconds(2), seconds(4), seconds(8), seconds(9));
		assertThat(waits(FAILURE, policy, 1)).containsExactly(seconds(1), seconds(2), seconds(4),
				Duration.ofMillis(4500));
		assertThat(waits(asking, policy, 0.5)).containsOnly(seconds(7));
	}

	@Test
	void providerThatAsksForTooMuchIsNotWaitedFor() {
		RecoveryPolicy policy = policy("retry(4)", "switch-model")
			.withDelay(new RetryDelay(Duration.ofSeconds(1), Duration.ofSeconds(9)));

		Climb.Taken next = Climb.bottom().next(FAILURE.withRetryAfter(Duration.ofSeconds(10)), policy, (rung) -> true);

		assertThat(next.rung()).isEqualTo(new Rung.SwitchModel());
		assertThat(next.delay(FAILURE, policy, 0)).isZero();
	}

	@Test
	void waitsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryDelay(Duration.ZERO, Duration.ofSeconds(1)))
			.withMessageContaining("PT0S");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RetryDelay(Duration.ofSeconds(2), Duration.ofSeconds(1)))
			.withMessageContaining("PT1S");
	}

	private static List<Duration> waits(TurnFailure failure, RecoveryPolicy policy, double random) {
		List<Duration> result = new ArrayList<>();
		Climb climb = Climb.bottom();
		for (int i = 0; i < 4; i++) {
			Climb.Taken next = climb.next(failure, policy, (rung) -> true);
			result.add(next.delay(failure, policy, random));
			climb = next.after();
		}
		return result;
	}

	private static Duration seconds(int seconds) {
		return Duration.ofSeconds(seconds);
	}

	private static RecoveryPolicy policy(String... rungs) {
		return RecoveryPolicy.defaults().with(FailureClass.NETWORK, Ladder.of(rungs)).withMaxAttempts(100);
	}

}
