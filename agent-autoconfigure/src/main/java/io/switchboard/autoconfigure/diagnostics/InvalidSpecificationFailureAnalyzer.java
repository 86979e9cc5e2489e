package io.switchboard.autoconfigure.diagnostics;

import io.switchboard.supervision.InvalidSpecificationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a specification that cannot work.
 */
final class InvalidSpecificationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSpecificationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSpecificationException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Change what is listed above where %s is specified: below 'switchboard' in the configuration, or in the bean that builds it."
					.formatted(cause.subject()),
				cause);
	}

}
