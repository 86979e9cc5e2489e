package io.switchboard.ai.failure;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Tells the failures of a provider from bugs, so that the first are recovered from and
 * the second crash the agent.
 * <p>
 * You probably want {@link #known()}, which is there without being asked for. Write one
 * for a provider whose exceptions it does not know, as a lambda that looks at what it
 * knows and returns {@code null} for everything else.
 * <p>
 * A classifier is called where models answer: it must neither block nor throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FailureClassifier {

	/**
	 * Decide what an exception of a model call means.
	 * @param ex the exception, without those that only carried it
	 * @return the failure, or {@code null} if this classifier does not know the
	 * exception; one that none knows is a bug
	 */
	@Nullable TurnFailure classify(Throwable ex);

	/**
	 * Knows {@link TurnFailureException}, the clients of OpenAI and of what is compatible
	 * with it, Anthropic's and Ollama's, Spring's HTTP clients and the errors of
	 * connections. It needs none of these libraries.
	 * @return the classifier
	 */
	static FailureClassifier known() {
		return KnownFailures.INSTANCE;
	}

	/**
	 * Ask the application's classifiers first, in their order, and then {@link #known()}.
	 * The first that knows an exception decides.
	 * @param own the application's
	 * @return the classifier
	 */
	static FailureClassifier knownAfter(List<? extends FailureClassifier> own) {
		List<FailureClassifier> all = List.copyOf(Objects.requireNonNull(own, "'own' must not be null"));
		return all.isEmpty() ? known() : new OwnFailures(all);
	}

}
