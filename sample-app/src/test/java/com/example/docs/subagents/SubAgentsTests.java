package com.example.docs.subagents;

import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentRef;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.fanout.FanOut;
import io.switchboard.ai.fanout.FanOutPolicy;
import io.switchboard.ai.fanout.FanOutResult;
import io.switchboard.ai.fanout.SubAgentTool;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of agents that ask agents.
 */
class SubAgentsTests {

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final Conversations conversations = Conversations.inMemory();

	private final ScriptedChatModel experts = ScriptedChatModel.script().answer("Five per cent.").repeat().build();

	private final ScriptedChatModel desk = ScriptedChatModel.script()
		.toolCall("ask_expert", "{\"question\":\"How much is the tax on tea?\"}")
		.answer("It is five per cent.")
		.build();

	@Test
	void theDeskAsksItsExpert() {
		try (TestAgentSystem system = start()) {
			TurnCompleted completed = system.resultOf(
					system.agent("/desk", TurnRequest.class).ask(new TurnRequest("t1", "Tax?"), TurnCompleted.class));

			assertThat(completed).isNotNull();
			assertThat(completed.answer()).isEqualTo("It is five per cent.");
			assertThat(this.experts.lastPrompt().lastUserText()).isEqualTo("How much is the tax on tea?");
		}
	}

	@Test
	void twoOfThreeExpertsAreEnough() {
		try (TestAgentSystem system = start()) {
			List<FanOutResult> results = system.resultOf(secondOpinion(system.system(), "Is tea taxed?").collectList());

			assertThat(results).hasSize(2).allMatch(FanOutResult::isAnswer);
		}
	}

	// tag::fan-out[]
	static Flux<FanOutResult> secondOpinion(AgentSystem system, String question) {
		List<AgentRef<TurnRequest>> experts = Stream.of("ann", "bob", "eve")
			.map((name) -> system.agent("/expert/" + name, TurnRequest.class))
			.toList();
		return FanOut.of(FanOutPolicy.quorum(2)).ask(new TurnRequest("t-1", question), experts);
	}
	// end::fan-out[]

	private TestAgentSystem start() {
		SubAgentTool tool = new ExpertConfiguration().askExpert(this.beans.getBeanProvider(AgentSystem.class),
				this.beans.getBeanProvider(Conversations.class));
		TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root")
			.child(DynamicSupervisorSpec.builder("expert")
				.template(ModelAgent.builder("expert").model(this.experts).conversations(this.conversations).template())
				.build())
			.child(ModelAgent.builder("desk").model(this.desk).tools(List.of(tool)).build())
			.build());
		this.beans.addBean("agentSystem", system.system());
		this.beans.addBean("conversations", this.conversations);
		return system;
	}

}
