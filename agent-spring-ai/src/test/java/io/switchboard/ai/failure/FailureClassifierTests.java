package io.switchboard.ai.failure;

import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureClassifierTests {

	private static final TurnFailure OWN = TurnFailure.of(FailureClass.OVERLOADED, "The mainframe is at lunch");

	@Test
	void theApplicationsClassifierTeachesAProvider() {
		FailureClassifier classifier = FailureClassifier
			.knownAfter(List.of((ex) -> (ex instanceof ArithmeticException) ? OWN : null));

		assertThat(classifier.classify(new ArithmeticException())).isSameAs(OWN);
		assertThat(classifier.classify(new IllegalStateException())).isNull();
	}

	@Test
	void theApplicationsClassifierDecidesBeforeTheKnownOne() {
		FailureClassifier classifier = FailureClassifier
			.knownAfter(List.of((ex) -> null, (ex) -> (ex instanceof ConnectException) ? OWN : null));

		assertThat(classifier.classify(new ConnectException())).isSameAs(OWN);
	}

	@Test
	void whatTheApplicationsClassifierDoesNotKnowIsLeftToTheKnownOne() {
		FailureClassifier classifier = FailureClassifier.knownAfter(List.of((ex) -> null));

		assertThat(classifier.classify(new ConnectException())).extracting(TurnFailure::failure)
			.isEqualTo(FailureClass.NETWORK);
	}

	@Test
	void theApplicationsClassifierSeesWhatWasThrownInTheFirstPlace() {
		FailureClassifier classifier = FailureClassifier
			.knownAfter(List.of((ex) -> (ex instanceof ArithmeticException) ? OWN : null));

		assertThat(classifier.classify(new CompletionException(new ArithmeticException()))).isSameAs(OWN);
	}

	@Test
	void aFailureThatWasThrownIsFoundAsItIs() {
		Throwable ex = new CompletionException(new TurnFailureException(OWN));

		assertThat(FailureClassifier.known().classify(ex)).isSameAs(OWN);
	}

}
