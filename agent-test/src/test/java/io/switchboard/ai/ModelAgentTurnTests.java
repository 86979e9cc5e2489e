package io.switchboard.ai;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentExitedException;
import io.switchboard.ai.tool.ToolDeclaration;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.ai.turn.Usage;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.test.model.CallOutcome;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Model agents in a running system, with models that follow a script.
 */
class ModelAgentTurnTests {

	@Test
	void askingGivesTheEventTheTurnEndsWith() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("Hello.").usage(7, 3).build();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("triage").model(model).build())) {
			TurnEvent end = agents.ask("/triage", "Hi?");

			assertThat(end).isEqualTo(new TurnCompleted("t1", "Hello.", new Usage(7, 3), 1));
		}
	}

	@Test
	void streamingGivesAllEvents() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.toolCall("lookup", "{}")
			.usage(10, 1)
			.stream("It is ", "on its way.")
			.usage(20, 2)
			.build();

		try (RunningAgents agents = new RunningAgents(
				ModelAgent.builder("support").model(model).tools(List.of(answering("lookup", "shipped"))).build())) {
			List<TurnEvent> events = agents.turn("/support", "Where is it?");

			String call = ((ToolCall) events.get(1)).call();
			assertThat(events).containsExactly(new TurnStarted("t1"), new ToolCall("t1", call, "lookup", "{}"),
					new ToolResult("t1", call, "lookup", "\"shipped\""), new Token("t1", "It is "),
					new Token("t1", "on its way."), new TurnCompleted("t1", "It is on its way.", new Usage(30, 3), 2));
			assertThat(model).hasUsedItsScript();
		}
	}

	@Test
	void aToolThatCrashesTakesItsAgentDownAndTheNextLifeGoesOn() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.answer("Hello Ann.")
			.toolCall("lookup", "{}")
			.answer("You are Ann.")
			.build();
		ScriptedChatModel other = ScriptedChatModel.script().answer("Yes.").build();
		Conversations conversations = Conversations.inMemory();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(model)
			.conversations(conversations)
			.tools(List.of(failing("lookup", new IllegalStateException("the bug"))))
			.build(), ModelAgent.builder("triage").model(other).build())) {
			agents.ask("/support", "I am Ann.");

			List<TurnEvent> events = agents.turn("/support", "Who am I?");

			assertThat(events).extracting(TurnEvent::type)
				.containsExactly("turn-started", "tool-call", "recovering", "tool-result", "token", "turn-completed");
			assertThat(events.get(2)).isEqualTo(new Recovering("t2", "bug", "restart", 1));
			assertThat(((ToolResult) events.get(3)).result()).contains("cut off");
			assertThat(RunningAgents.said(conversations, "/support")).containsExactly("I am Ann.", "Hello Ann.",
					"Who am I?", "You are Ann.");
			assertThat(agents.incarnation("/support")).isEqualTo(2);
			assertThat(agents.ask("/triage", "Still there?")).isInstanceOf(TurnCompleted.class);
			assertThat(agents.incarnation("/triage")).isEqualTo(1);
			assertThat(agents.events()).filteredOn(AgentEvent.Restarted.class::isInstance).hasSize(1);
			assertThat(model).hasUsedItsScript();
		}
	}

	@Test
	void aToolThatMayBeRepeatedIsCalledAgainInTheNextLife() {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall("lookup", "{}").answer("It is shipped.").build();
		AtomicInteger times = new AtomicInteger();
		ToolCallback lookup = FunctionToolCallback.builder("lookup", () -> {
			if (times.incrementAndGet() == 1) {
				throw new IllegalStateException("the bug");
			}
			return "shipped";
		}).description("Fails once").build();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(model)
			.tools(List.of(lookup))
			.toolSettings(ToolSettings.defaults()
				.withOverrides(Map.of("lookup", ToolDeclaration.none().withIdempotent(true))))
			.build())) {
			List<TurnEvent> events = agents.turn("/support", "Where is it?");

			assertThat(events).extracting(TurnEvent::type)
				.containsExactly("turn-started", "tool-call", "recovering", "tool-call", "tool-result", "token",
						"turn-completed");
			assertThat(((ToolResult) events.get(4)).result()).isEqualTo("\"shipped\"");
			assertThat(agents.incarnation("/support")).isEqualTo(2);
			assertThat(model).hasUsedItsScript();
		}
	}

	@Test
	void theNextLifeKnowsTheToolsOfTheClientToo() {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall("lookup", "{}").answer("It is shipped.").build();
		AtomicInteger times = new AtomicInteger();
		ToolCallback lookup = FunctionToolCallback.builder("lookup", () -> {
			if (times.incrementAndGet() == 1) {
				throw new IllegalStateException("the bug");
			}
			return "shipped";
		}).description("Fails once").build();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.client(ChatClient.builder(model).defaultTools(lookup))
			.toolSettings(ToolSettings.defaults()
				.withOverrides(Map.of("lookup", ToolDeclaration.none().withIdempotent(true))))
			.build())) {
			List<TurnEvent> events = agents.turn("/support", "Where is it?");

			assertThat(events).filteredOn(ToolResult.class::isInstance)
				.extracting((event) -> ((ToolResult) event).result())
				.containsExactly("\"shipped\"");
			assertThat(agents.incarnation("/support")).isEqualTo(2);
		}
	}

	@Test
	void aStackOverflowInAToolIsACrashLikeOthers() {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall("lookup", "{}").answer("Back again.").build();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(model)
			.tools(List.of(FunctionToolCallback.builder("lookup", () -> endless(0)).description("Overflows").build()))
			.build())) {
			assertThat(agents.ask("/support", "Crash!")).isInstanceOf(TurnCompleted.class);

			assertThat(agents.incarnation("/support")).isEqualTo(2);
			assertThat(agents.events()).filteredOn(AgentEvent.Exited.class::isInstance)
				.singleElement()
				.satisfies((exit) -> assertThat(((AgentEvent.Exited) exit).reason().cause())
					.isInstanceOf(StackOverflowError.class));
		}
	}

	@Test
	void aBugThatStaysIsGivenUpAndTheAgentServesTheNext() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.fail(new IllegalStateException("the bug"))
			.fail(new IllegalStateException("the bug"))
			.answer("Fine.")
			.build();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support").model(model).build())) {
			List<TurnEvent> events = agents.turn("/support", "Poison");
			TurnEvent next = agents.ask("/support", "And now?");

			assertThat(events).hasSize(3)
				.last()
				.isInstanceOfSatisfying(TurnFailed.class, (failed) -> assertThat(failed.failure()).isEqualTo("bug"));
			assertThat(next).isInstanceOf(TurnCompleted.class);
			assertThat(agents.incarnation("/support")).isEqualTo(2);
		}
	}

	@Test
	void eachSessionHasItsOwnConversation() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("Hello.").repeat().build();
		Conversations conversations = Conversations.inMemory();

		try (RunningAgents agents = new RunningAgents(DynamicSupervisorSpec.builder("support")
			.template(ModelAgent.builder("support").model(model).conversations(conversations).template())
			.build())) {
			agents.ask("/support/ann", "I am Ann.");
			agents.ask("/support/bob", "I am Bob.");

			assertThat(RunningAgents.said(conversations, "/support/ann")).containsExactly("I am Ann.", "Hello.");
			assertThat(RunningAgents.said(conversations, "/support/bob")).containsExactly("I am Bob.", "Hello.");
		}
	}

	@Test
	void twoAgentsShareAModel() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.answer("The model of triage.")
			.when((prompt) -> prompt.systemText().equals("You are triage."))
			.answer("The model of support.")
			.when((prompt) -> prompt.systemText().equals("You are support."))
			.build();

		try (RunningAgents agents = new RunningAgents(
				ModelAgent.builder("triage").model(model).instructions("You are triage.").build(),
				ModelAgent.builder("support").model(model).instructions("You are support.").build())) {
			TurnEvent support = agents.ask("/support", "Who are you?");
			TurnEvent triage = agents.ask("/triage", "Who are you?");

			assertThat(support).isInstanceOfSatisfying(TurnCompleted.class,
					(end) -> assertThat(end.answer()).isEqualTo("The model of support."));
			assertThat(triage).isInstanceOfSatisfying(TurnCompleted.class,
					(end) -> assertThat(end.answer()).isEqualTo("The model of triage."));
		}
	}

	@Test
	void leavingAStreamCancelsTheModelCallAndTheAgentGoesOn() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.stream("one", "two")
			.stallAfter(1)
			.answer("Hello again.")
			.build();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support").model(model).build())) {
			StepVerifier.create(agents.agent("/support").stream(agents.request("Hi?"), TurnEvent.class))
				.expectNext(new TurnStarted("t1"), new Token("t1", "one"))
				.thenCancel()
				.verify(RunningAgents.LIMIT);

			assertThat(model.calls().get(0).ended().block(RunningAgents.LIMIT)).isEqualTo(CallOutcome.CANCELLED);
			assertThat(agents.ask("/support", "And now?")).isInstanceOf(TurnCompleted.class);
			assertThat(agents.incarnation("/support")).isEqualTo(1);
			assertThat(model.lastPrompt().messages()).hasSize(1);
		}
	}

	@Test
	void stoppingTheSystemCancelsTheModelCall() {
		ScriptedChatModel model = ScriptedChatModel.script().stream("one", "two").stallAfter(1).build();
		RunningAgents agents = new RunningAgents(
				ModelAgent.builder("support").model(model).shutdown(Shutdown.after(Duration.ZERO)).build());

		StepVerifier.create(agents.agent("/support").stream(agents.request("Hi?"), TurnEvent.class))
			.expectNext(new TurnStarted("t1"), new Token("t1", "one"))
			.then(agents::close)
			.expectError(AgentExitedException.class)
			.verify(RunningAgents.LIMIT);

		assertThat(model.calls().get(0).ended().block(RunningAgents.LIMIT)).isEqualTo(CallOutcome.CANCELLED);
	}

	private static ToolCallback answering(String name, String answer) {
		return FunctionToolCallback.builder(name, () -> answer).description("Answers").build();
	}

	private static ToolCallback failing(String name, RuntimeException failure) {
		return FunctionToolCallback.builder(name, () -> {
			throw failure;
		}).description("Fails").build();
	}

	private static String endless(int depth) {
		return endless(depth + 1) + depth;
	}

}
