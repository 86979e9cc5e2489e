package io.switchboard.ai;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.ai.fanout.SubAgentTool;
import io.switchboard.ai.tool.ToolDeclaration;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
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
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.subscriber.TestSubscriber;

import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Agents that are tools of others.
 */
class SubAgentToolTests {

	private static final AgentPath EXPERTS = AgentPath.of("/experts");

	private final AtomicReference<AgentSystem> system = new AtomicReference<>();

	private final Conversations conversations = Conversations.inMemory();

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
		TestAgentSystem started = TestAgentSystem.start(SupervisorSpec.builder("root")
			.child(experts)
			.child(DynamicSupervisorSpec.builder("tools").build())
			.child(ModelAgent.builder("desk")
				.model(desk)
				.tools(List.of(tool))
				.toolSettings(settings(supervised))
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
		return ModelAgent.builder("expert").model(model).conversations(this.conversations).template();
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
