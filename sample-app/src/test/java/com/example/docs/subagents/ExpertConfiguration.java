package com.example.docs.subagents;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.fanout.SubAgentTool;
import io.switchboard.runtime.AgentSystem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows an agent as a tool of another.
 */
// tag::tool[]
@Configuration(proxyBeanMethods = false)
class ExpertConfiguration {

	@Bean
	SubAgentTool askExpert(ObjectProvider<AgentSystem> system, ObjectProvider<Conversations> conversations) {
		return SubAgentTool
			.builder("ask_expert", "Answers one question of tax law. Say all that matters.", system::getObject)
			.perCall(AgentPath.of("/expert"), (agent) -> conversations.getObject().forget(agent))
			.build();
	}

}
// end::tool[]
