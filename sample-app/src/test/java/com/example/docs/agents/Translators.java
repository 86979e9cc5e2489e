package com.example.docs.agents;

import java.time.Duration;

import io.switchboard.AgentPath;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.turn.AnswerCheck;
import io.switchboard.ai.turn.GivenUpTurn;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;

/**
 * Shows how recovery is declared in code.
 */
final class Translators {

	private Translators() {
	}

	// tag::recovery[]
	static AgentSpec<TurnRequest> translator(ChatModel large, ChatModel small) {
		RecoveryPolicy recovery = RecoveryPolicy.defaults()
			.with(FailureClass.RATE_LIMITED, Ladder.of("retry(2)", "switch-model"))
			.with(FailureClass.WRONG_LANGUAGE, Ladder.of("feedback", "options(temperature=0)", "restart-conversation"))
			.withMaxAttempts(6)
			.withDelay(new RetryDelay(Duration.ofMillis(500), Duration.ofSeconds(30)));
		AnswerCheck german = (answer) -> answer.contains(" the ")
				? TurnFailure.of(FailureClass.WRONG_LANGUAGE, "Answer in German") : null;
		return ModelAgent.builder("translator")
			.model(large)
			.fallback(small)
			.instructions("Translate into German.")
			.recovery(recovery)
			.check(german)
			.build();
	}
	// end::recovery[]

	// tag::replay[]
	static Flux<TurnEvent> replay(GivenUpTurns givenUp, AgentSystem system, AgentPath agent, String turn) {
		GivenUpTurn dead = givenUp.take(agent, turn);
		return (dead != null) ? system.agent(dead.agent(), TurnRequest.class).stream(dead.request(), TurnEvent.class)
				: Flux.empty();
	}
	// end::replay[]

}
