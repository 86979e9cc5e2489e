package io.switchboard.ai.fanout;

import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.AgentException;

/**
 * Too many of the agents asked have not answered for the {@link FanOutPolicy}.
 *
 * @since 0.1.0
 */
public final class FanOutFailedException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient List<FanOutResult> failures;

	FanOutFailedException(FanOutPolicy policy, int asked, int answers, List<FanOutResult> failures) {
		super("Of %d agents asked, %d answered and %d failed, which is a failure under the policy %s: %s".formatted(
				asked, answers, failures.size(), policy,
				failures.stream().map(FanOutFailedException::describe).collect(Collectors.joining("; "))));
		this.failures = List.copyOf(failures);
		this.failures.stream()
			.filter(FanOutResult.Unanswered.class::isInstance)
			.map((failure) -> ((FanOutResult.Unanswered) failure).cause())
			.forEach(this::addSuppressed);
	}

	/**
	 * Say who failed and why.
	 * @param result what is no answer
	 * @return one sentence without its full stop
	 */
	static String describe(FanOutResult result) {
		if (result instanceof FanOutResult.Failed failed) {
			return "'%s' gave up: %s (%s)".formatted(failed.agent(), failed.failure().detail(),
					failed.failure().failure().id());
		}
		if (result instanceof FanOutResult.Unanswered unanswered) {
			return "'%s' did not answer: %s".formatted(unanswered.agent(), unanswered.cause().getMessage());
		}
		return "'%s' answered".formatted(result.agent());
	}

	/**
	 * Who failed and why.
	 * @return the results that are no answers, in the order in which they came
	 */
	public List<FanOutResult> failures() {
		return this.failures;
	}

}
