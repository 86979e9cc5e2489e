package io.switchboard.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The agents that an application defines, by name: from properties, annotated classes and
 * specification beans.
 * <p>
 * Inject it where an agent is named by a user or a setting, to learn its path and what it
 * takes. It says what was defined at start-up; children added to a running supervisor are
 * not in it.
 *
 * @since 0.1.0
 */
public final class AgentCatalog {

	private final Map<String, AgentDefinition> agents;

	/**
	 * List agents.
	 * @param agents the agents, in the order to show them
	 * @throws IllegalArgumentException if two have the same name
	 */
	public AgentCatalog(Collection<AgentDefinition> agents) {
		Map<String, AgentDefinition> byName = new LinkedHashMap<>();
		for (AgentDefinition agent : agents) {
			AgentDefinition other = byName.putIfAbsent(agent.name(), agent);
			if (other != null) {
				throw new IllegalArgumentException("Agent name '%s' is used by '%s' and by '%s': names must be unique"
					.formatted(agent.name(), other.path(), agent.path()));
			}
		}
		this.agents = Collections.unmodifiableMap(byName);
	}

	/**
	 * Look up an agent.
	 * @param name its name
	 * @return what is known of it, or {@code null} if there is no such agent
	 */
	public @Nullable AgentDefinition find(String name) {
		return this.agents.get(name);
	}

	/**
	 * The names of all agents.
	 * @return the names, in order of definition
	 */
	public Set<String> names() {
		return this.agents.keySet();
	}

	/**
	 * All agents.
	 * @return the agents, in order of definition
	 */
	public List<AgentDefinition> all() {
		return List.copyOf(this.agents.values());
	}

}
