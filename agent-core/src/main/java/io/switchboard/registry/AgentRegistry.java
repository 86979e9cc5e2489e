package io.switchboard.registry;

import java.util.Objects;

import io.switchboard.AgentContext;

/**
 * The names, groups and topics of a running system.
 * <p>
 * An application gets it from its system, an agent from its context with
 * {@link #of(AgentContext)}. All of it may be used from any thread, and nothing waits:
 * looking up takes no lock.
 * <p>
 * What is registered, joined or subscribed belongs to an {@link Owner} and goes with it.
 * Everything is local to this process.
 *
 * @since 0.1.0
 */
public interface AgentRegistry {

	/**
	 * Names, each held by one agent.
	 * @return the names
	 */
	Names names();

	/**
	 * Groups of the scope {@code default}.
	 * @return the groups
	 */
	default Groups groups() {
		return groups("default");
	}

	/**
	 * Groups of a scope. Groups of the same name in different scopes have nothing to do
	 * with each other.
	 * @param scope the scope's name; it is there as soon as it is used
	 * @return the groups
	 */
	Groups groups(String scope);

	/**
	 * Topics to send to all who listen.
	 * @return the topics
	 */
	Topics topics();

	/**
	 * The registry of the system that an agent lives in.
	 * @param context what the runtime gave the agent
	 * @return the registry
	 * @throws IllegalArgumentException if the context is not of a running system
	 */
	static AgentRegistry of(AgentContext<?> context) {
		Objects.requireNonNull(context, "'context' must not be null");
		if (context instanceof RegistrySource source) {
			return source.registry();
		}
		throw new IllegalArgumentException(
				"The context of agent '%s' is a %s, which has no registry; let it implement %s"
					.formatted(context.path(), context.getClass().getName(), RegistrySource.class.getSimpleName()));
	}

	/**
	 * Make the registry of a system. You probably want {@link #of(AgentContext)} or the
	 * one your system has; this is for those who build a runtime.
	 * @param residents knows who lives where
	 * @return an empty registry
	 */
	static AgentRegistry over(Residents residents) {
		return new DefaultAgentRegistry(Objects.requireNonNull(residents, "'residents' must not be null"));
	}

}
