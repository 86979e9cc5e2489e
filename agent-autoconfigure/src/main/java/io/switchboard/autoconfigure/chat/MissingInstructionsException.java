package io.switchboard.autoconfigure.chat;

import java.util.Map;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;

/**
 * Instructions are said to be where there are none.
 */
final class MissingInstructionsException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	/**
	 * Report the locations.
	 * @param missing the locations by agent name
	 */
	MissingInstructionsException(Map<String, String> missing) {
		super("The instructions of agents cannot be found:%n%n%s".formatted(missing.entrySet()
			.stream()
			.map((entry) -> "    - switchboard.agents.%s.instructions is '%s', and there is nothing to read"
				.formatted(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining(System.lineSeparator()))),
				"Put a file there, for 'classpath:agents/support.md' at src/main/resources/agents/support.md, or correct the location. Several words without a location before them are taken as the instructions themselves.");
	}

}
