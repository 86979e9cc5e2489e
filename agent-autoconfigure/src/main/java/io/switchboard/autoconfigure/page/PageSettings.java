package io.switchboard.autoconfigure.page;

import java.util.List;

import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What the page is told of the application.
 *
 * @param application its name
 * @param turns where turns are taken, absent if the page shows no conversations
 * @param agents the agents that the application defines
 */
record PageSettings(String application, @Nullable String turns, List<Agent> agents) {

	static PageSettings of(String application, @Nullable String turns, AgentCatalog catalog) {
		return new PageSettings(application, turns, catalog.all().stream().map(Agent::of).toList());
	}

	/**
	 * An agent by its name.
	 *
	 * @param name its name
	 * @param path where it lives, or its sessions do
	 * @param perSession whether it has sessions
	 * @param turns whether it takes turns
	 */
	record Agent(String name, String path, boolean perSession, boolean turns) {

		// may be missing
		private static final String TURN = "io.switchboard.ai.turn.TurnRequest";

		static Agent of(AgentDefinition definition) {
			return new Agent(definition.name(), definition.path().toString(), definition.perSession(),
					takesTurns(definition));
		}

		private static boolean takesTurns(AgentDefinition definition) {
			return definition.messageTypes()
				.stream()
				.anyMatch((type) -> type.getName().equals(TURN) || type.isAssignableFrom(String.class));
		}

	}

}
