package com.example.docs.agents;

import java.util.UUID;

import io.switchboard.AgentPath;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Shows how code asks an agent that calls a model.
 */
// tag::ask-a-model-agent[]
@Service
class Concierge {

	private final AgentSystem system;

	Concierge(AgentSystem system) {
		this.system = system;
	}

	Mono<String> answer(String session, String question) {
		AgentPath path = AgentPath.of("/office/assistant").child(session);
		TurnRequest turn = new TurnRequest(UUID.randomUUID().toString(), question);
		return this.system.agent(path, TurnRequest.class).ask(turn, TurnEvent.class).map(Concierge::text);
	}

	private static String text(TurnEvent end) {
		if (end instanceof TurnCompleted completed) {
			return completed.answer();
		}
		return (end instanceof TurnFailed failed) ? "No answer: " + failed.failure() : "No answer";
	}

}
// end::ask-a-model-agent[]
