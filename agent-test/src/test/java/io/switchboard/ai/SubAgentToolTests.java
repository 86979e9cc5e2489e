package io.switchboard.ai;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.fanout.SubAgentTool;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.tool.ToolDeclaration;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.Budget;
import io.switchboard.ai.turn.Price;
import io.switchboard.ai.turn.Prices;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.Usage;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.test.model.CallOutcome;
import io.switchboard.test.model.ChatScript;
import io.switchboard.test.model.ScriptedChatModel;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.subscriber.TestSubscriber;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Agents that are tools of others.
 */
class SubAgentToolTests {

	private static final AgentPath EXPERTS = AgentPath.of("/experts");

	private final AtomicReference<AgentSystem> system = new AtomicReference<>();

	private final Conversations conversations = Conversations.inMemory();

	private final Approvals approvals = new Approvals();

	@Test
	void theAnswerOfTheSubAgentIsTheResult() {
		ScriptedChatModel experts = ScriptedChatModel.script().answer("It is 42.").build();

		try (TestAgentSystem system = start(asking(1), experts(experts), builder().perCall(EXPERTS).build())) {
			List<TurnEvent> events = turn(system);

			assertThat(result(events)).isEqualTo("It is 42.");
			assertThat(experts.lastPrompt().lastUserText()).isEqualTo("How much?");
			assertThat(events).last().isInstanceOf(TurnCompleted.class);
		}
	}

	@Test
	void anAgentOfACallIsGoneAfterItAndLeavesNothing() {
		ScriptedChatModel experts = ScriptedChatModel.script().answer("It is 42.").repeat().build();

		try (TestAgentSystem system = start(asking(2), experts(experts),
				builder().perCall(EXPERTS, this.conversations::forget).build())) {
			turn(system);

			assertThat(experts.prompts()).hasSize(2).allSatisfy((prompt) -> assertThat(prompt.messages()).hasSize(1));
			assertThat(children(system)).isEmpty();
			assertThat(system.events().all()).filteredOn((event) -> event.path().startsWith(EXPERTS))
				.extracting((event) -> event.path().name())
				.filteredOn((name) -> name.startsWith("expert-"))
				.isNotEmpty()
				.allSatisfy((name) -> assertThat(system.resultOf(this.conversations.transcript(EXPERTS.child(name))))
					.isEmpty());
		}
	}

	@Test
	void anAgentOfACallerGoesOnWithItsConversation() {
		ScriptedChatModel experts = ScriptedChatModel.script().answer("It is 42.").repeat().build();

		try (TestAgentSystem system = start(asking(2), experts(experts), builder().perCaller(EXPERTS).build())) {
			turn(system);

			assertThat(experts.lastPrompt().messages()).hasSize(3);
			assertThat(children(system)).extracting(TreeNode::path).containsExactly(EXPERTS.child("desk"));
		}
	}

	@Test
	void aFailureOfTheSubAgentIsToldToTheModel() {
		ScriptedChatModel experts = ScriptedChatModel.script()
			.fail(new IllegalStateException("the bug"))
			.repeat()
			.build();

		try (TestAgentSystem system = start(asking(1), experts(experts), builder().perCall(EXPERTS).build())) {
			List<TurnEvent> events = turn(system);

			assertThat(result(events)).startsWith("Tool 'expert' failed: agent '/experts/expert-")
				.contains("gave up", "(bug)");
			assertThat(events).last().isInstanceOf(TurnCompleted.class);
			assertThat(children(system)).isEmpty();
		}
	}

	@Test
	void aCrashWithinTheRestartBudgetIsNotNoticed() {
		ScriptedChatModel experts = ScriptedChatModel.script()
			.fail(new IllegalStateException("the bug"))
			.answer("It is 42.")
			.build();

		try (TestAgentSystem system = start(asking(1), experts(experts), builder().perCall(EXPERTS).build())) {
			assertThat(result(turn(system))).isEqualTo("It is 42.");
			assertThat(system.events().of(AgentEvent.Restarted.class)).hasSize(1);
		}
	}

	@Test
	void aCrashBeyondTheRestartBudgetIsToldToTheModel() {
		ScriptedChatModel experts = ScriptedChatModel.script().fail(new IllegalStateException("the bug")).build();
		ChildSpec brittle = DynamicSupervisorSpec.builder("experts")
			.template(template(experts))
			.intensity(new RestartIntensity(0, Duration.ofMinutes(1)))
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.build();

		try (TestAgentSystem system = start(asking(1), brittle, builder().perCall(EXPERTS).build())) {
			List<TurnEvent> events = turn(system);

			assertThat(result(events)).startsWith("Tool 'expert' failed: agent '/experts/expert-")
				.contains("ended before it answered (crash)")
				.doesNotContain("the bug");
			assertThat(events).last().isInstanceOf(TurnCompleted.class);
			assertThat(children(system)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leavingTheTurnCancelsTheSubAgentsTurnAndStopsIt(boolean supervised) {
		ScriptedChatModel experts = stalling();

		try (TestAgentSystem system = start(asking(1), experts(experts), builder().perCall(EXPERTS).build(),
				supervised)) {
			TestSubscriber<TurnEvent> receiver = begin(system);
			assertThat(children(system)).hasSize(1);

			receiver.cancel();

			assertThat(experts.lastCall().outcome()).isEqualTo(CallOutcome.CANCELLED);
			assertThat(children(system)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void killingTheAgentThatAsksCancelsTheSubAgentsTurnAndStopsIt(boolean supervised) {
		ScriptedChatModel experts = stalling();

		try (TestAgentSystem system = start(asking(1), experts(experts), builder().perCall(EXPERTS).build(),
				supervised)) {
			begin(system);
			assertThat(children(system)).hasSize(1);

			system.resultOf(system.system().control(AgentPath.of("/desk")).kill());

			assertThat(experts.lastCall().outcome()).isEqualTo(CallOutcome.CANCELLED);
			assertThat(children(system)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anAnswerThatTakesTooLongIsCancelledAndToldToTheModel(boolean supervised) {
		ScriptedChatModel experts = stalling();
		SubAgentTool tool = builder().perCall(EXPERTS)
			.declaration(ToolDeclaration.none().withTimeout(Duration.ofSeconds(5)))
			.build();

		try (TestAgentSystem system = start(asking(1), experts(experts), tool, supervised)) {
			List<TurnEvent> events = turn(system);

			assertThat(result(events)).contains("'expert' took too long", "PT5S");
			assertThat(events).last().isInstanceOf(TurnCompleted.class);
			assertThat(experts.lastCall().outcome()).isEqualTo(CallOutcome.CANCELLED);
			assertThat(children(system)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void timeInWhichTheSubAgentWaitsForAPersonDoesNotCount(boolean supervised) {
		ScriptedChatModel experts = ScriptedChatModel.script().toolCall("refund", "{}").answer("Paid.").build();
		SubAgentTool tool = builder().perCall(EXPERTS)
			.declaration(ToolDeclaration.none().withTimeout(Duration.ofSeconds(5)))
			.build();

		try (TestAgentSystem system = start(asking(1), refunding(experts), tool, supervised)) {
			TestSubscriber<TurnEvent> receiver = begin(system);
			system.advance(Duration.ofHours(1));
			assertThat(receiver.isTerminated()).isFalse();

			approve();
			system.advance(Duration.ofSeconds(1));

			assertThat(receiver.isTerminatedComplete()).isTrue();
			assertThat(result(receiver.getReceivedOnNext())).isEqualTo("Paid.");
			assertThat(receiver.getReceivedOnNext()).last().isInstanceOf(TurnCompleted.class);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void timeInWhichTheSubAgentWaitsForItsProviderDoesNotCount(boolean supervised) {
		ScriptedChatModel experts = ScriptedChatModel.script().toolCall("refund", "{}").answer("Paid.").build();
		ModelProvider provider = ModelProvider.builder("experts").requestsPerMinute(1).build();
		ChildSpec queueing = DynamicSupervisorSpec.builder("experts")
			.template(expert(experts).tools(List.of(refund())).provider(provider).template())
			.build();
		SubAgentTool tool = builder().perCall(EXPERTS)
			.declaration(ToolDeclaration.none().withTimeout(Duration.ofSeconds(5)))
			.build();

		try (TestAgentSystem system = start(asking(1), queueing, tool, supervised)) {
			TestSubscriber<TurnEvent> receiver = begin(system);
			system.advance(Duration.ofSeconds(50));
			assertThat(provider.status().waiting()).hasSize(1);

			system.advance(Duration.ofSeconds(11));

			assertThat(result(receiver.getReceivedOnNext())).isEqualTo("Paid.");
			assertThat(receiver.getReceivedOnNext()).last().isInstanceOf(TurnCompleted.class);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void timeGoesOnWithTheDecision(boolean supervised) {
		ScriptedChatModel experts = ScriptedChatModel.script()
			.toolCall("refund", "{}")
			.stream("one", "two")
			.stallAfter(1)
			.build();
		SubAgentTool tool = builder().perCall(EXPERTS)
			.declaration(ToolDeclaration.none().withTimeout(Duration.ofSeconds(5)))
			.build();

		try (TestAgentSystem system = start(asking(1), refunding(experts), tool, supervised)) {
			TestSubscriber<TurnEvent> receiver = begin(system);
			system.advance(Duration.ofHours(1));
			approve();

			system.advance(Duration.ofSeconds(10));

			assertThat(result(receiver.getReceivedOnNext())).contains("'expert' took too long", "PT5S");
			assertThat(receiver.getReceivedOnNext()).last().isInstanceOf(TurnCompleted.class);
		}
	}

	@Test
	void aSubAgentThatIsRestartedWhileItWaitsGoesOnWaiting() {
		ScriptedChatModel experts = ScriptedChatModel.script().toolCall("refund", "{}").answer("Paid.").build();

		try (TestAgentSystem system = start(asking(1), refunding(experts), builder().perCall(EXPERTS).build())) {
			TestSubscriber<TurnEvent> receiver = begin(system);
			system.advance(Duration.ofHours(1));
			system.resultOf(system.system().control(children(system).get(0).path()).kill());
			system.advance(Duration.ofHours(1));
			assertThat(receiver.isTerminated()).isFalse();

			approve();
			system.advance(Duration.ofSeconds(1));

			assertThat(result(receiver.getReceivedOnNext())).isEqualTo("Paid.");
		}
	}

	@Test
	void timeGoesOnWhileAnotherCallOfTheTurnIsMade() {
		ScriptedChatModel experts = ScriptedChatModel.script()
			.toolCall("refund", "{}")
			.when((prompt) -> prompt.lastUserText().equals("Pay?"))
			.stream("one", "two")
			.stallAfter(1)
			.when((prompt) -> prompt.lastUserText().equals("How much?"))
			.build();
		ScriptedChatModel desk = ScriptedChatModel.script()
			.toolCall("expert", "{\"question\":\"Pay?\"}")
			.andToolCall("expert", "{\"question\":\"How much?\"}")
			.build();
		SubAgentTool tool = builder().perCall(EXPERTS)
			.declaration(ToolDeclaration.none().withTimeout(Duration.ofHours(1)))
			.build();

		try (TestAgentSystem system = start(desk, refunding(experts), tool, false,
				Budget.defaults().withTime(Duration.ofSeconds(20)))) {
			TestSubscriber<TurnEvent> receiver = begin(system);

			system.advance(Duration.ofSeconds(20));

			assertThat(receiver.getReceivedOnNext()).last()
				.isInstanceOfSatisfying(TurnFailed.class,
						(failed) -> assertThat(failed.failure()).isEqualTo("budget-spent"));
			assertThat(this.approvals.waiting()).isEmpty();
		}
	}

	@Test
	void whatTheSubAgentTookIsInTheUsage() {
		ScriptedChatModel experts = ScriptedChatModel.script().answer("It is 42.").usage(100, 20).build();
		ScriptedChatModel desk = ScriptedChatModel.script()
			.toolCall("expert", "{\"question\":\"How much?\"}")
			.usage(10, 1)
			.answer("Done.")
			.usage(11, 2)
			.build();

		try (TestAgentSystem system = start(desk, experts(experts), builder().perCall(EXPERTS).build())) {
			assertThat(turn(system)).last().isEqualTo(new TurnCompleted("t1", "Done.", new Usage(100 + 21, 20 + 3), 2));
		}
	}

	@Test
	void whatASubAgentTookThatGaveUpIsInTheUsage() {
		ScriptedChatModel experts = ScriptedChatModel.script()
			.answer("No.")
			.finishReason("content_filter")
			.usage(100, 20)
			.repeat()
			.build();

		try (TestAgentSystem system = start(asking(1), experts(experts), builder().perCall(EXPERTS).build())) {
			int calls = experts.prompts().size();
			List<TurnEvent> events = turn(system);
			calls = experts.prompts().size() - calls;

			assertThat(events).last()
				.isEqualTo(new TurnCompleted("t1", "Done.", new Usage(100L * calls, 20L * calls), 2));
		}
	}

	@ParameterizedTest
	@MethodSource
	void whatTheSubAgentTookCountsAgainstTheBudget(Budget budget, String detail) {
		ScriptedChatModel experts = ScriptedChatModel.script()
			.answer("It is 42.")
			.modelName("large")
			.usage(100, 20)
			.build();
		ScriptedChatModel desk = asking(1);

		try (TestAgentSystem system = start(desk, experts(experts), builder().perCall(EXPERTS).build(), false,
				budget)) {
			List<TurnEvent> events = turn(system);

			assertThat(events).last().isInstanceOfSatisfying(TurnFailed.class, (failed) -> {
				assertThat(failed.failure()).isEqualTo("budget-spent");
				assertThat(failed.detail()).contains(detail);
			});
			assertThat(result(events)).isEqualTo("It is 42.");
			assertThat(desk.prompts()).hasSize(1);
		}
	}

	static Stream<Arguments> whatTheSubAgentTookCountsAgainstTheBudget() {
		return Stream.of(argumentSet("tokens", Budget.defaults().withTokens(120), "120 tokens"),
				argumentSet("money", Budget.defaults().withCost(BigDecimal.ONE), "cost of 120"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void agentsThatAskThemselvesAreStoppedAtTheDepth(boolean supervised) {
		ToolCallback tool = builder().perCall(EXPERTS).depth(2).build();
		ScriptedChatModel experts = ScriptedChatModel.script()
			.toolCall("expert", "{\"question\":\"Why?\"}")
			.toolCall("expert", "{\"question\":\"Why?\"}")
			.answer("Because.")
			.repeat()
			.build();
		ChildSpec recursive = DynamicSupervisorSpec.builder("experts")
			.template(ModelAgent.builder("expert")
				.model(experts)
				.tools(List.of(tool))
				.toolSettings(settings(supervised))
				.template())
			.build();

		try (TestAgentSystem system = start(asking(1), recursive, tool, supervised)) {
			List<TurnEvent> events = turn(system);

			assertThat(events).last().isInstanceOf(TurnCompleted.class);
			assertThat(experts.prompts()).anySatisfy((prompt) -> assertThat(prompt.toolResponses()).singleElement()
				.satisfies((response) -> assertThat(response.responseData())
					.contains("too many agents wait for each other (/desk asks /experts/expert-", "at most 2 may")));
			assertThat(children(system)).isEmpty();
		}
	}

	@Test
	void anAgentThatWouldWaitForItselfIsTold() {
		SubAgentTool tool = builder().agent(AgentPath.of("/desk")).build();

		try (TestAgentSystem system = start(asking(1), experts(ScriptedChatModel.script().build()), tool)) {
			List<TurnEvent> events = turn(system);

			assertThat(result(events)).contains("would wait for each other for ever (/desk asks /desk)");
			assertThat(events).last().isInstanceOf(TurnCompleted.class);
		}
	}

	@Test
	void aBlankQuestionIsToldToTheModel() {
		ScriptedChatModel desk = ScriptedChatModel.script()
			.toolCall("expert", "{\"question\":\" \"}")
			.answer("Done.")
			.build();

		try (TestAgentSystem system = start(desk, experts(ScriptedChatModel.script().build()),
				builder().perCall(EXPERTS).build())) {
			assertThat(result(turn(system))).contains("'question' must be a text that is not blank");
		}
	}

	@Test
	void aToolWithoutAnAgentIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> builder().build())
			.withMessageContaining("'expert' has no agent");
	}

	private SubAgentTool.Builder builder() {
		return SubAgentTool.builder("expert", "Knows it all", () -> Objects.requireNonNull(this.system.get()));
	}

	private TestAgentSystem start(ScriptedChatModel desk, ChildSpec experts, ToolCallback tool) {
		return start(desk, experts, tool, false);
	}

	private TestAgentSystem start(ScriptedChatModel desk, ChildSpec experts, ToolCallback tool, boolean supervised) {
		return start(desk, experts, tool, supervised, Budget.defaults());
	}

	private TestAgentSystem start(ScriptedChatModel desk, ChildSpec experts, ToolCallback tool, boolean supervised,
			Budget budget) {
		TestAgentSystem started = TestAgentSystem.start(SupervisorSpec.builder("root")
			.child(experts)
			.child(DynamicSupervisorSpec.builder("tools").build())
			.child(ModelAgent.builder("desk")
				.model(desk)
				.tools(List.of(tool))
				.toolSettings(settings(supervised))
				.budget(budget)
				.build())
			.build());
		this.system.set(started.system());
		return started;
	}

	private static ToolSettings settings(boolean supervised) {
		return supervised ? ToolSettings.defaults().withSupervisor(AgentPath.of("/tools")) : ToolSettings.defaults();
	}

	private static ScriptedChatModel stalling() {
		return ScriptedChatModel.script().stream("one", "two").stallAfter(1).build();
	}

	private ChildSpec experts(ScriptedChatModel model) {
		return DynamicSupervisorSpec.builder("experts").template(template(model)).build();
	}

	private Function<String, AgentSpec<TurnRequest>> template(ScriptedChatModel model) {
		return expert(model).template();
	}

	private ModelAgent.Builder expert(ScriptedChatModel model) {
		return ModelAgent.builder("expert")
			.model(model)
			.prices(new Prices(Map.of("large", new Price(new BigDecimal(1_000_000), new BigDecimal(1_000_000)))))
			.conversations(this.conversations);
	}

	private ChildSpec refunding(ScriptedChatModel model) {
		return DynamicSupervisorSpec.builder("experts")
			.template(expert(model).tools(List.of(refund())).approvals(this.approvals).approvalFor("refund").template())
			.build();
	}

	private static ToolCallback refund() {
		return FunctionToolCallback.builder("refund", () -> "refunded").inputType(Void.class).build();
	}

	private void approve() {
		assertThat(this.approvals.waiting()).hasSize(1);
		this.approvals.waiting()
			.forEach((asked) -> this.approvals.decide(asked.agent(), asked.turn(), asked.call(),
					new Decision.Approve()));
	}

	private static ScriptedChatModel asking(int times) {
		ChatScript script = ScriptedChatModel.script();
		for (int time = 0; time < times; time++) {
			script = script.toolCall("expert", "{\"question\":\"How much?\"}");
		}
		return script.answer("Done.").build();
	}

	private static List<TurnEvent> turn(TestAgentSystem system) {
		TestSubscriber<TurnEvent> receiver = begin(system);
		system.advance(Duration.ofMinutes(1));
		assertThat(receiver.isTerminatedComplete()).as("turn is complete: %s", receiver.getReceivedOnNext()).isTrue();
		return receiver.getReceivedOnNext();
	}

	private static TestSubscriber<TurnEvent> begin(TestAgentSystem system) {
		TestSubscriber<TurnEvent> receiver = TestSubscriber.create();
		system.agent("/desk", TurnRequest.class)
			.stream(new TurnRequest("t1", "Hi"), TurnEvent.class)
			.subscribe(receiver);
		return receiver;
	}

	private static List<? extends TreeNode> children(TestAgentSystem system) {
		return ((SupervisorNode) Objects.requireNonNull(system.tree().find(EXPERTS))).children();
	}

	private static String result(List<TurnEvent> events) {
		return events.stream()
			.filter(ToolResult.class::isInstance)
			.map((event) -> ((ToolResult) event).result())
			.findFirst()
			.orElseThrow();
	}

}
