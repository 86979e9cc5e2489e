package com.example.helpdesk;

import java.time.Duration;

import io.switchboard.AgentRef;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows a test with a model that follows a script.
 */
// tag::scripted-model[]
@SpringBootTest(properties = "spring.ai.model.chat=none")
class SupportAgentTests {

	@Autowired
	private AgentSystem system;

	@Autowired
	private ScriptedChatModel model;

	@Test
	void answersFromWhatTheToolSays() {
		AgentRef<TurnRequest> support = this.system.agent("/desk/support/ada", TurnRequest.class);

		StepVerifier.create(support.ask(new TurnRequest("turn-1", "Where is ORD-1001?"), TurnCompleted.class))
			.assertNext((turn) -> assertThat(turn.answer()).isEqualTo("It is on its way."))
			.expectComplete()
			.verify(Duration.ofSeconds(60));

		assertThat(this.model).hasUsedItsScript()
			.lastPrompt()
			.toolResponses()
			.singleElement()
			.satisfies((response) -> assertThat(response.responseData()).contains("Northwind Express"));
	}

	@TestConfiguration
	static class ModelConfiguration {

		@Bean
		ScriptedChatModel model() {
			return ScriptedChatModel.script()
				.toolCall("orderLookup", "{\"orderNumber\": \"ORD-1001\"}")
				.answer("It is on its way.")
				.build();
		}

	}

}
// end::scripted-model[]
