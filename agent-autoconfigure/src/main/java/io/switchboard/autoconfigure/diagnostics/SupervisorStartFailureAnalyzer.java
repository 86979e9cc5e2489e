package io.switchboard.autoconfigure.diagnostics;

import io.switchboard.runtime.SupervisorStartException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

/**
 * Names the agent that kept the tree from starting, and what it failed with.
 */
final class SupervisorStartFailureAnalyzer extends AbstractFailureAnalyzer<SupervisorStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SupervisorStartException cause) {
		SupervisorStartException innermost = cause;
		while (innermost.getCause() instanceof SupervisorStartException next) {
			innermost = next;
		}
		Throwable reason = innermost.getCause();
		String failure = (reason != null) ? " failed with:%n%n    %s".formatted(describe(reason)) : " failed.";
		return new FailureAnalysis(
				"The agents did not start: the start of '%s' below supervisor '%s'%s".formatted(innermost.child(),
						innermost.supervisor(), failure),
				"Mend what the start of '%s' failed with. If the agent can work without it, let it start and try again later instead of failing."
					.formatted(innermost.child()),
				cause);
	}

	/**
	 * Spring wraps what a constructor throws and does not always quote it.
	 */
	private static String describe(Throwable reason) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(reason);
		return String.valueOf(reason).contains(String.valueOf(root.getMessage())) ? reason.toString()
				: "%s%n    caused by %s".formatted(reason, root);
	}

}
