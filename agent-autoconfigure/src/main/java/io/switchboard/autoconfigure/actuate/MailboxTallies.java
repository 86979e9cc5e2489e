package io.switchboard.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentCatalog;

/**
 * One tally for each agent that the application defines, whatever number of sessions it
 * has, and one for all others.
 */
final class MailboxTallies {

	private final AgentPlaces places;

	private final Map<String, MailboxTally> tallies = new LinkedHashMap<>();

	MailboxTallies(AgentCatalog catalog) {
		this.places = new AgentPlaces(catalog);
		catalog.names().forEach((name) -> this.tallies.put(name, new MailboxTally()));
		this.tallies.put(AgentPlaces.OTHER, new MailboxTally());
	}

	MailboxTally of(AgentPath path) {
		return Objects.requireNonNull(this.tallies.get(this.places.of(path).agent()), "each name is counted");
	}

	void forEach(BiConsumer<String, MailboxTally> action) {
		this.tallies.forEach(action);
	}

}
