package io.switchboard.autoconfigure;

import io.switchboard.runtime.AgentSystemBuilder;

/**
 * Changes settings of the agent system that have no property. Define a bean of this type;
 * several are called in order, after the properties have been applied.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AgentSystemBuilderCustomizer {

	/**
	 * Change settings.
	 * @param builder the system's builder
	 */
	void customize(AgentSystemBuilder builder);

}
