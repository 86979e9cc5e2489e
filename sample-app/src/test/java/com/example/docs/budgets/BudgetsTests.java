package com.example.docs.budgets;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.turn.Budget;
import io.switchboard.ai.turn.Price;
import io.switchboard.ai.turn.Prices;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnQuota;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the example of budgets.
 */
class BudgetsTests {

	@Test
	void theAgentAnswersWithinItsBudget() {
		AgentSpec<TurnRequest> support = support(ScriptedChatModel.script().answer("Hello.").build());
		try (TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root").child(support).build())) {
			TurnCompleted completed = system.resultOf(
					system.agent("/support", TurnRequest.class).ask(new TurnRequest("t1", "Hi"), TurnCompleted.class));

			assertThat(completed).isNotNull();
			assertThat(completed.answer()).isEqualTo("Hello.");
		}
	}

	private static AgentSpec<TurnRequest> support(ChatModel model) {
		// tag::budget[]
		TurnQuota desk = TurnQuota.of("the desk", 50);
		Prices prices = new Prices(Map.of("gpt-4o-mini", new Price(new BigDecimal("0.15"), new BigDecimal("0.60"))));
		return ModelAgent.builder("support")
			.model(model)
			.budget(Budget.defaults().withSteps(6).withCost(new BigDecimal("0.50")))
			.prices(prices)
			.quotas(List.of(desk))
			.build();
		// end::budget[]
	}

}
