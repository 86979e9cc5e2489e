package io.switchboard.ai.failure;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Asks the application's classifiers before the known one.
 *
 * @param own the application's
 */
record OwnFailures(List<FailureClassifier> own) implements FailureClassifier {

	@Override
	public @Nullable TurnFailure classify(Throwable ex) {
		Throwable cause = Causes.unwrap(ex);
		for (FailureClassifier classifier : this.own) {
			TurnFailure failure = classifier.classify(cause);
			if (failure != null) {
				return failure;
			}
		}
		return FailureClassifier.known().classify(cause);
	}

}
