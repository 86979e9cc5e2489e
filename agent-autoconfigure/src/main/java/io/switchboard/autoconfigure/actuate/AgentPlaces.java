package io.switchboard.autoconfigure.actuate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Says by what names to count what happens at a path. There are as many names as the
 * application defines at its start, however many sessions and tasks there will be.
 */
final class AgentPlaces {

	/**
	 * The name of all that the application does not define by name.
	 */
	static final String OTHER = "other";

	private final Map<AgentPath, Place> places = new HashMap<>();

	private final Map<AgentPath, String> sessions = new HashMap<>();

	AgentPlaces(AgentCatalog catalog) {
		for (AgentDefinition agent : catalog.all()) {
			AgentPath path = agent.path();
			for (AgentPath above = path.parent(); above != null; above = above.parent()) {
				this.places.putIfAbsent(above, Place.of(above, OTHER));
			}
			this.places.put(path, Place.of(path, agent.name()));
			if (agent.perSession()) {
				this.sessions.put(path, agent.name());
			}
		}
	}

	/**
	 * The names to count by.
	 * @param path where something happened
	 * @return the names
	 */
	Place of(AgentPath path) {
		Place known = this.places.get(path);
		if (known != null) {
			return known;
		}
		AgentPath parent = path.parent();
		String session = this.sessions.get(parent);
		if (parent != null && session != null) {
			return new Place(parent.toString(), session, session);
		}
		return new Place(nearest(parent).toString(), OTHER, OTHER);
	}

	private AgentPath nearest(@Nullable AgentPath path) {
		AgentPath near = path;
		while (near != null && !this.places.containsKey(near)) {
			near = near.parent();
		}
		return (near != null) ? near : AgentPath.ROOT;
	}

	/**
	 * Whether the application defines the node, or what is below it. Sessions are not
	 * defined one by one.
	 * @param path the node
	 * @return {@code true} if so
	 */
	boolean isDefined(AgentPath path) {
		return this.places.containsKey(path);
	}

	/**
	 * All names that something can be counted by, but for those of undefined nodes below
	 * a defined supervisor.
	 * @return the names of each defined node, and of the sessions of each agent that has
	 * such
	 */
	List<Place> all() {
		return Stream
			.concat(this.places.values().stream(), this.sessions.entrySet()
				.stream()
				.map((session) -> new Place(session.getKey().toString(), session.getValue(), session.getValue())))
			.toList();
	}

	/**
	 * By what to count.
	 *
	 * @param supervisor the path of the supervisor, {@code none} for the root's
	 * @param child the name of the child below it; of a session that of its agent
	 * @param agent the name of the agent's definition
	 */
	record Place(String supervisor, String child, String agent) {

		private static Place of(AgentPath path, String agent) {
			AgentPath parent = path.parent();
			return (parent != null) ? new Place(parent.toString(), path.name(), agent) : new Place("none", "/", agent);
		}

	}

}
