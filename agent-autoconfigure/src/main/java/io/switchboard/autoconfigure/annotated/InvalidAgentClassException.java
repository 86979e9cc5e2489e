package io.switchboard.autoconfigure.annotated;

import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;

/**
 * Annotated classes that cannot work as agents.
 */
final class InvalidAgentClassException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	InvalidAgentClassException(List<String> problems) {
		super("Classes annotated with @Agent cannot work as agents:%n%n%s".formatted(problems.stream()
			.map((problem) -> "    - " + problem)
			.collect(Collectors.joining(System.lineSeparator()))),
				"Change the classes. A handler looks like this:%n%n    @OnMessage%n    Answer handle(Question question, AgentContext<Object> context) { ... }%n%nwhere the context may be left out, and the answer may be a value, a Mono, a Flux, a CompletionStage or void."
					.formatted());
	}

}
