package io.switchboard.autoconfigure;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import io.switchboard.autoconfigure.diagnostics.NearestName;

/**
 * Agents are configured, but nothing says what they do.
 */
final class UndefinedAgentException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	UndefinedAgentException(Map<String, Agent> undefined, Collection<String> defined) {
		super("Agents are configured, but nothing says what they do:%n%n%s".formatted(undefined.entrySet()
			.stream()
			.map((entry) -> "    - switchboard.agents." + entry.getKey()
					+ why(entry.getKey(), entry.getValue(), defined))
			.collect(Collectors.joining(System.lineSeparator()))), action(undefined));
	}

	private static String why(String name, Agent agent, Collection<String> defined) {
		return agent.callsModel() ? " calls a model, but agent-spring-ai and spring-ai-client-chat are not both there"
				: " has neither 'instructions' nor 'model', and no bean's class is annotated with @Agent(\"%s\").%s"
					.formatted(name, NearestName.question(name, defined));
	}

	private static String action(Map<String, Agent> undefined) {
		if (undefined.values().stream().allMatch(Agent::callsModel)) {
			return "Add the dependency io.switchboard:agent-spring-boot-starter, and the starter of a model.";
		}
		String name = undefined.keySet().iterator().next();
		return """
				For an agent that calls a model, say what the model is told to be, for example

				    switchboard:
				      agents:
				        %s:
				          instructions: You help customers with their orders.

				For an agent that is a class, annotate it with @Agent("%s") and make it a bean. \
				The settings of agents that are specified in Java belong in their specification.\
				""".formatted(name, name);
	}

}
