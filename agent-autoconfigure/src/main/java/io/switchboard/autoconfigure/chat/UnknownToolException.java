package io.switchboard.autoconfigure.chat;

import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import io.switchboard.autoconfigure.diagnostics.NearestName;

/**
 * Agents are given tools that do not exist.
 */
final class UnknownToolException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	UnknownToolException(List<UnknownTool> unknown, List<String> available) {
		super("Agents are given tools that do not exist:%n%n%s%n%n%s"
			.formatted(
					unknown.stream()
						.map((tool) -> "    - switchboard.agents.%s.tools has '%s', %s.%s".formatted(
								tool.agent(), tool.name(),
								tool.isBean() ? "which is a bean, but no tool" : "and there is no bean of that name",
								NearestName.question(tool.name(), available)))
						.collect(Collectors.joining(System.lineSeparator())),
					available.isEmpty() ? "There is no tool in the application." : "The beans that are tools are %s."
						.formatted(
								available.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", ")))),
				"Name a bean that is a ToolCallback or a ToolCallbackProvider, or that has methods annotated with @Tool. A tool is named by its bean, not by its method.");
	}

	/**
	 * A tool that an agent is given.
	 *
	 * @param agent the agent's name
	 * @param name the tool's name
	 * @param isBean whether there is a bean of that name
	 */
	record UnknownTool(String agent, String name, boolean isBean) {

	}

}
