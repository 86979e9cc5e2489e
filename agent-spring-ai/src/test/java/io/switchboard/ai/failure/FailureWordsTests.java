package io.switchboard.ai.failure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FailureWordsTests {

	@ParameterizedTest
	@EnumSource
	void classesHaveIdsInKebabCaseByWhichTheyAreFound(FailureClass failure) {
		assertThat(failure.id()).matches("[a-z]+(-[a-z]+)*");
		assertThat(FailureClass.of(failure.id())).isEqualTo(failure);
	}

	@Test
	void anUnknownIdIsToldWhichThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> FailureClass.of("moon-phase"))
			.withMessageContaining("'moon-phase'")
			.withMessageContaining("rate-limited, overloaded");
	}

	@Test
	void aFailureWithoutDetailDescribesItsClass() {
		assertThat(TurnFailure.of(FailureClass.STALLED))
			.isEqualTo(TurnFailure.of(FailureClass.STALLED, "The answer stalled"));
	}

	@Test
	void theProvidersDelayCannotBeInThePast() {
		TurnFailure failure = TurnFailure.of(FailureClass.RATE_LIMITED);

		assertThat(failure.withRetryAfter(Duration.ZERO).retryAfter()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> failure.withRetryAfter(Duration.ofSeconds(-1)))
			.withMessageContaining("rate-limited")
			.withMessageContaining("PT-1S");
	}

	@Test
	void anExceptionCarriesAFailureAndSaysWhichItIs() {
		TurnFailure failure = TurnFailure.of(FailureClass.NETWORK, "The line is dead");

		assertThat(new TurnFailureException(failure)).hasMessage("The line is dead (network)")
			.hasNoCause()
			.extracting(TurnFailureException::failure)
			.isSameAs(failure);
	}

}
