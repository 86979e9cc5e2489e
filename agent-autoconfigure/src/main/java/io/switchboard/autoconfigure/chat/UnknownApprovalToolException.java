package io.switchboard.autoconfigure.chat;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import io.switchboard.autoconfigure.diagnostics.NearestName;

/**
 * An agent's calls of tools need approval that are none of its tools.
 */
final class UnknownApprovalToolException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	UnknownApprovalToolException(String agent, List<String> unknown, Collection<String> tools) {
		super("Calls of a tool need approval that the agent does not have:%n%n%s%n%nIts tools are: %s".formatted(
				unknown.stream()
					.map((tool) -> "    - switchboard.agents.%s.needs-approval has '%s'.%s".formatted(agent, tool,
							NearestName.question(tool, tools)))
					.collect(Collectors.joining(System.lineSeparator())),
				tools.isEmpty() ? "none" : String.join(", ", tools)),
				"Correct the name: without it the tool would be called without anybody's approval. For a tool that a "
						+ "customizer of the ChatClient adds, use switchboard.tools.overrides.<tool>.needs-approval.");
	}

}
