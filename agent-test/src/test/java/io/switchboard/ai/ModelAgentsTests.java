package io.switchboard.ai;

import java.util.List;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentRef;
import io.switchboard.MessageRejectedException;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.turn.OutputType;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.supervision.Restart;
import io.switchboard.test.model.ChatScript;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelAgents}.
 */
class ModelAgentsTests {

	private final ChatScript script = ScriptedChatModel.script();

	private RunningAgents agents = new RunningAgents();

	@AfterEach
	void close() {
		this.agents.close();
	}

	@Test
	void anAgentIsAskedForText() {
		this.script.answer("Hello.");

		StepVerifier.create(ModelAgents.ask(support(), "Hi?"))
			.expectNext("Hello.")
			.expectComplete()
			.verify(RunningAgents.LIMIT);
	}

	@Test
	void anAgentIsAskedForAValue() {
		this.script.answer("{\"carrier\":\"Northwind\",\"days\":2}");

		StepVerifier.create(ModelAgents.ask(support(), "Where is it?", Parcel.class))
			.expectNext(new Parcel("Northwind", 2))
			.expectComplete()
			.verify(RunningAgents.LIMIT);
	}

	@Test
	void anAnswerThatDoesNotFitIsAskedForAgain() {
		this.script.answer("It comes soon.")
			.answer("[{\"carrier\":\"Northwind\"}]")
			.answer("[{\"carrier\":\"Northwind\",\"days\":2}]");

		StepVerifier.create(ModelAgents.ask(support(), "Where are they?",
				OutputType.of(new ParameterizedTypeReference<List<Parcel>>() {
				})))
			.expectNext(List.of(new Parcel("Northwind", 2)))
			.expectComplete()
			.verify(RunningAgents.LIMIT);
	}

	@Test
	void eachSubscriptionIsATurn() {
		this.script.answer("one").answer("two");
		Mono<String> answer = ModelAgents.ask(support(), "Which?");

		assertThat(answer.block(RunningAgents.LIMIT)).isEqualTo("one");
		assertThat(answer.block(RunningAgents.LIMIT)).isEqualTo("two");
	}

	@Test
	void aTurnThatIsGivenUpFailsWithItsClass() {
		this.script.answer("").repeat();

		StepVerifier.create(ModelAgents.ask(support(), "Hi?"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(TurnFailureException.class,
					(failed) -> assertThat(failed.failure().failure()).isEqualTo(FailureClass.INVALID_OUTPUT)))
			.verify(RunningAgents.LIMIT);
	}

	@Test
	void anAgentThatDoesNotComeBackFailsTheQuestion() {
		this.script.toolCall("broken", "{}");
		ToolCallback broken = FunctionToolCallback.builder("broken", () -> {
			throw new IllegalStateException("the bug");
		}).description("For tests").build();

		StepVerifier.create(ModelAgents.ask(support(broken), "Hi?"))
			.expectError(AgentExitedException.class)
			.verify(RunningAgents.LIMIT);
	}

	@Test
	void nobodyThereFailsTheQuestion() {
		support();

		StepVerifier.create(ModelAgents.ask(this.agents.agent("/nobody"), "Hi?"))
			.expectError(MessageRejectedException.class)
			.verify(RunningAgents.LIMIT);
	}

	private AgentRef<TurnRequest> support(ToolCallback... tools) {
		this.agents.close();
		this.agents = new RunningAgents(ModelAgent.builder("support")
			.model(this.script.build())
			.tools(List.of(tools))
			.restart(Restart.TEMPORARY)
			.build());
		return this.agents.agent("/support");
	}

	record Parcel(String carrier, int days) {

	}

}
