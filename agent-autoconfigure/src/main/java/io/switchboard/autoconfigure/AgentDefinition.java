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
 * @since 0.1.0
 */
public record AgentDefinition(String name, AgentPath path, boolean perSession, Set<Class<?>> messageTypes) {

	public AgentDefinition {
		Objects.requireNonNull(name, "'name' must not be null");
		Objects.requireNonNull(path, "'path' must not be null");
		messageTypes = Set.copyOf(messageTypes);
	}

}
