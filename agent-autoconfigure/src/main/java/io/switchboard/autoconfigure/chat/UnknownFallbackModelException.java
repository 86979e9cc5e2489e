package io.switchboard.autoconfigure.chat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import io.switchboard.autoconfigure.diagnostics.NearestName;

/**
 * Agents are to switch to chat models that do not exist.
 */
final class UnknownFallbackModelException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	/**
	 * Report the agents.
	 * @param unknown the first unknown model of each agent
	 * @param names the chat models there are
	 */
	UnknownFallbackModelException(Map<String, String> unknown, List<String> names) {
		super("Agents are to switch to chat models that do not exist:%n%n%s%n%n%s".formatted(
				unknown.entrySet()
					.stream()
					.map((entry) -> "    - switchboard.agents.%s.fallback-models has '%s'.%s".formatted(entry.getKey(),
							entry.getValue(), NearestName.question(entry.getValue(), names)))
					.collect(Collectors.joining(System.lineSeparator())),
				"The ChatModel beans are %s."
					.formatted(names.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", ")))),
				"Name ChatModel beans. An agent that names none has no other model to switch to, and leaves that rung out.");
	}

}
