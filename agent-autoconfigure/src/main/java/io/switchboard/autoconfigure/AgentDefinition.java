package io.switchboard.autoconfigure;

import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;

/**
 * What an application knows of one of its agents by name.
 *
 * @param name the agent's name, unique over the application
 * @param path where it lives; for a per-session agent, where its sessions live
 * @param perSession whether there is one agent for each session
 * @param messageTypes the types of message it takes; empty if that cannot be known before
 * a session is started
 * @param version the version of its definition
 * @since 0.1.0
 */
public record AgentDefinition(String name, AgentPath path, boolean perSession, Set<Class<?>> messageTypes,
		String version) {

	public AgentDefinition {
		Objects.requireNonNull(name, "'name' must not be null");
		Objects.requireNonNull(path, "'path' must not be null");
		Objects.requireNonNull(version, "'version' must not be null");
		messageTypes = Set.copyOf(messageTypes);
	}

	/**
	 * Describe an agent whose definition has no version of its own.
	 * @param name the agent's name
	 * @param path where it lives
	 * @param perSession whether there is one agent for each session
	 * @param messageTypes the types of message it takes
	 */
	public AgentDefinition(String name, AgentPath path, boolean perSession, Set<Class<?>> messageTypes) {
		this(name, path, perSession, messageTypes, AgentSettings.DEFAULT_VERSION);
	}

	/**
	 * Names the version of the definition, for what is stored of the agent.
	 * @return the name and the version
	 */
	public String definition() {
		return this.name + "@" + this.version;
	}

}
