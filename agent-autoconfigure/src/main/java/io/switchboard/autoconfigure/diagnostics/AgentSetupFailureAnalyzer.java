package io.switchboard.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints the explanation that a mistake in the setup brings along.
 */
final class AgentSetupFailureAnalyzer extends AbstractFailureAnalyzer<AgentSetupException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AgentSetupException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
