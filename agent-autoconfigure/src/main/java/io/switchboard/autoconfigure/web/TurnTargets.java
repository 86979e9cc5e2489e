package io.switchboard.autoconfigure.web;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.autoconfigure.diagnostics.NearestName;

/**
 * Finds out who a request is for.
 *
 * @param catalog the agents there are
 */
record TurnTargets(AgentCatalog catalog) {

	/**
	 * A session of an agent.
	 * @param agent the agent's name
	 * @param session the session's key
	 * @return the session, whether it has begun or not
	 * @throws ProblemException if there is no such agent, it has no sessions, or the key
	 * cannot be one
	 */
	TurnTarget session(String agent, String session) {
		AgentDefinition definition = find(agent);
		if (!definition.perSession()) {
			throw new ProblemException(ProblemType.NO_SESSIONS,
					"Agent '%s' is one for all and has no sessions. Send turns to it without one.".formatted(agent));
		}
		try {
			AgentPath.checkSegment(session);
		}
		catch (IllegalArgumentException ex) {
			throw new ProblemException(ProblemType.INVALID_SESSION,
					"A session is named by 1 to %d characters, without slash, white space and control characters. "
						.formatted(AgentPath.MAX_SEGMENT_LENGTH)
							+ "Choose another name, or send the turn without one to get a new session.");
		}
		return TurnTarget.session(definition, session);
	}

	/**
	 * An agent by its name alone.
	 * @param agent the agent's name
	 * @return the agent, or a new session if it has sessions
	 * @throws ProblemException if there is no such agent
	 */
	TurnTarget singleOrNewSession(String agent) {
		AgentDefinition definition = find(agent);
		return definition.perSession() ? TurnTarget.session(definition, Ids.random()) : TurnTarget.single(definition);
	}

	/**
	 * An agent without sessions.
	 * @param agent the agent's name
	 * @return the agent
	 * @throws ProblemException if there is no such agent, or it has sessions
	 */
	TurnTarget single(String agent) {
		AgentDefinition definition = find(agent);
		if (definition.perSession()) {
			throw new ProblemException(ProblemType.UNKNOWN_TURN,
					"Agent '%s' has sessions, and its turns are theirs. Name the session as well.".formatted(agent));
		}
		return TurnTarget.single(definition);
	}

	/**
	 * Find an agent, whether it has sessions or not.
	 * @param agent the agent's name
	 * @return the agent
	 * @throws ProblemException if there is no such agent
	 */
	AgentDefinition find(String agent) {
		AgentDefinition definition = this.catalog.find(agent);
		if (definition == null) {
			throw new ProblemException(ProblemType.UNKNOWN_AGENT, "There is no agent '%s'.%s Check the spelling."
				.formatted(agent, NearestName.question(agent, this.catalog.names())));
		}
		return definition;
	}

}
