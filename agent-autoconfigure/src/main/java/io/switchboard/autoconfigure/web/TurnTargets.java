package io.switchboard.autoconfigure.web;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.autoconfigure.diagnostics.NearestName;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Finds out who a request is for.
 *
 * @param catalog the agents there are
 */
record TurnTargets(AgentCatalog catalog) {

	/** What stands where a session does in {@link AgentRoutes}. */
	private static final String RESERVED = "approvals";

	/**
	 * Who the path of a request names.
	 * @param request the request
	 * @return the session, or the agent without sessions
	 * @throws ProblemException if there is no such agent, it has sessions and none is
	 * named, or the other way round
	 */
	TurnTarget of(ServerRequest request) {
		String agent = request.pathVariable("agent");
		String session = request.pathVariables().get("session");
		return (session != null) ? session(agent, session) : single(agent);
	}

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
		if (session.equals(RESERVED)) {
			throw new ProblemException(ProblemType.INVALID_SESSION,
					"A session cannot be named '%s': below that name stands what agents ask. Choose another name."
						.formatted(RESERVED));
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
	private TurnTarget single(String agent) {
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

	/**
	 * Who is at a path.
	 * @param path the path of an agent or a session
	 * @return the agent or session, or {@code null} if none is defined there
	 */
	@Nullable TurnTarget at(AgentPath path) {
		for (AgentDefinition agent : this.catalog.all()) {
			if (!agent.perSession() && agent.path().equals(path)) {
				return TurnTarget.single(agent);
			}
			if (agent.perSession() && agent.path().equals(path.parent())) {
				return TurnTarget.session(agent, path.name());
			}
		}
		return null;
	}

}
