package io.switchboard.autoconfigure.web;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Who a request is for.
 *
 * @param agent the agent
 * @param path where to find it, or its session
 * @param session the session, or {@code null} if the agent has none
 */
record TurnTarget(AgentDefinition agent, AgentPath path, @Nullable String session) {

	static TurnTarget single(AgentDefinition agent) {
		return new TurnTarget(agent, agent.path(), null);
	}

	static TurnTarget session(AgentDefinition agent, String session) {
		return new TurnTarget(agent, agent.path().child(session), session);
	}

}
