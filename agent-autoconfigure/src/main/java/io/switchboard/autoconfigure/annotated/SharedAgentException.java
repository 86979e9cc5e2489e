package io.switchboard.autoconfigure.annotated;

import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;

/**
 * Agents are beans that incarnations would share.
 */
final class SharedAgentException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	SharedAgentException(List<AnnotatedAgent> agents) {
		super("An agent must be a prototype bean: a restart needs a new object, or the state that it crashed with would survive. These are shared:%n%n%s"
			.formatted(agents.stream()
				.map((agent) -> "    - bean '%s', class %s".formatted(agent.beanName(), agent.type().getName()))
				.collect(Collectors.joining(System.lineSeparator()))),
				"Remove the @Scope annotation from the class, or add @Scope(\"prototype\") to the @Bean method. State that shall survive a crash belongs in another bean, which the agent gets by its constructor.");
	}

}
