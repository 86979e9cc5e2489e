package io.switchboard.ai;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.ai.tool.ToolFailedException;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.tool.ToolPolicy;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of tools as tasks below a supervisor of a running system.
 */
class SupervisedToolTests {

	private static final ThreadLocal<String> USER = new ThreadLocal<>();

	private static final AgentPath TOOLS = AgentPath.of("/tools");

	private final Shop shop = new Shop();

	@ParameterizedTest
	@ValueSource(strings = { "price", "priceLater" })
	void aCallIsATaskNamedAfterItsTool(String tool) {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall(tool, "{}").answer("Five.").build();

		try (RunningAgents agents = agents(model, ToolSettings.defaults(), 10)) {
			List<TurnEvent> events = agents.turn("/support", "How much?");

			assertThat(events).last().isInstanceOf(TurnCompleted.class);
			assertThat(result(events)).isEqualTo("5");
			assertThat(agents.events()).filteredOn(AgentEvent.Started.class::isInstance)
				.extracting((event) -> event.path().toString())
				.anyMatch((path) -> path.startsWith("/tools/" + tool + "-"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "broken", "overflow", "brokenLater" })
	void aBugCrashesTheTaskAndTheAgent(String tool) {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall(tool, "{}").answer("Sorry.").build();

		try (RunningAgents agents = agents(model, ToolSettings.defaults(), 10)) {
			List<TurnEvent> events = agents.turn("/support", "How much?");

			assertThat(events).extracting(TurnEvent::type)
				.containsExactly("turn-started", "tool-call", "recovering", "tool-result", "token", "turn-completed");
			assertThat(agents.incarnation("/support")).isEqualTo(2);
			assertThat(agents.events()).filteredOn(AgentEvent.Exited.class::isInstance)
				.filteredOn((event) -> ((AgentEvent.Exited) event).reason() instanceof ExitReason.Crash)
				.extracting((event) -> event.path().toString())
				.containsExactly("/tools/" + tool + "-1", "/support");
			assertThat(agents.events()).filteredOn(AgentEvent.Exited.class::isInstance)
				.filteredOn((event) -> ((AgentEvent.Exited) event).reason() instanceof ExitReason.Crash)
				.allSatisfy((exit) -> assertThat(((AgentEvent.Exited) exit).reason().cause())
					.isInstanceOfAny(IllegalStateException.class, StackOverflowError.class));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "closed", "closedLater" })
	void aDeclaredFailureCrashesNobody(String tool) {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall(tool, "{}").answer("Sorry.").build();

		try (RunningAgents agents = agents(model, ToolSettings.defaults(), 10)) {
			List<TurnEvent> events = agents.turn("/support", "How much?");

			assertThat(result(events)).isEqualTo("Tool '%s' failed: closed on Sundays".formatted(tool));
			assertThat(agents.incarnation("/support")).isEqualTo(1);
			assertThat(agents.events()).filteredOn(AgentEvent.CrashReported.class::isInstance).isEmpty();
		}
	}

	@Test
	void aToolThatTakesTooLongIsInterruptedAndTheTurnGoesOn() throws Exception {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall("slow", "{}").answer("Sorry.").build();

		try (RunningAgents agents = agents(model, ToolSettings.defaults(), 10)) {
			List<TurnEvent> events = agents.turn("/support", "How much?");

			assertThat(result(events)).contains("'slow' took too long", "PT0.05S");
			assertThat(events).last().isInstanceOf(TurnCompleted.class);
			assertThat(this.shop.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void leavingTheTurnInterruptsItsTools() throws Exception {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall("endless", "{}").build();

		try (RunningAgents agents = agents(model, ToolSettings.defaults(), 10)) {
			StepVerifier.create(agents.agent("/support").stream(agents.request("How much?"), TurnEvent.class))
				.expectNextCount(2)
				.then(() -> within(this.shop.begun))
				.thenCancel()
				.verify(RunningAgents.LIMIT);

			assertThat(this.shop.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
			assertThat(agents.incarnation("/support")).isEqualTo(1);
		}
	}

	@Test
	void tooManyCallsAtOnceAreToldToTheModel() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.toolCall("endless", "{}")
			.toolCall("price", "{}")
			.answer("Sorry.")
			.build();

		try (RunningAgents agents = new RunningAgents(tools(1), support("support", model, ToolSettings.defaults()),
				support("other", model, ToolSettings.defaults()))) {
			StepVerifier.create(agents.agent("/support").stream(agents.request("How much?"), TurnEvent.class))
				.expectNextCount(2)
				.then(() -> within(this.shop.begun))
				.then(() -> assertThat(result(agents.turn("/other", "How much?"))).contains("'price' was not called",
						"too many tools"))
				.thenCancel()
				.verify(RunningAgents.LIMIT);
		}
	}

	@Test
	void theContextOfTheCallerArrivesInEveryLife() {
		ScriptedChatModel model = ScriptedChatModel.script().toolCall("who", "{}").answer("Ann.").build();
		ContextRegistry.getInstance().registerThreadLocalAccessor("user", USER::get, USER::set, USER::remove);

		try (RunningAgents agents = agents(model, ToolSettings.defaults(), 10)) {
			agents.agent("/support")
				.stream(agents.request("Who am I?"), TurnEvent.class)
				.contextWrite((context) -> context.put("user", "Ann"))
				.blockLast(RunningAgents.LIMIT);

			assertThat(agents.incarnation("/support")).isEqualTo(2);
			assertThat(this.shop.callers).containsExactly("Ann", "Ann");
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("user");
		}
	}

	private RunningAgents agents(ScriptedChatModel model, ToolSettings settings, int most) {
		return new RunningAgents(tools(most), support("support", model, settings));
	}

	private static ChildSpec tools(int most) {
		return DynamicSupervisorSpec.builder("tools").maxChildren(most).build();
	}

	private ChildSpec support(String name, ScriptedChatModel model, ToolSettings settings) {
		return ModelAgent.builder(name)
			.model(model)
			.tools(ToolMethods.of(this.shop))
			.toolSettings(settings)
			.toolSupervisor(TOOLS)
			.build();
	}

	private static String result(List<TurnEvent> events) {
		return events.stream()
			.filter(ToolResult.class::isInstance)
			.map((event) -> ((ToolResult) event).result())
			.findFirst()
			.orElseThrow();
	}

	private static void within(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError("interrupted", ex);
		}
	}

	@SuppressWarnings("DoNotCallSuggester")
	static final class Shop {

		final CountDownLatch begun = new CountDownLatch(1);

		final CountDownLatch interrupted = new CountDownLatch(1);

		final List<String> callers = new CopyOnWriteArrayList<>();

		@Tool
		@ToolPolicy(idempotent = true)
		String who() {
			this.callers.add(String.valueOf(USER.get()));
			if (this.callers.size() == 1) {
				throw new IllegalStateException("the bug");
			}
			return "you";
		}

		@Tool
		int price() {
			return 5;
		}

		@Tool
		Mono<Integer> priceLater() {
			return Mono.delay(Duration.ofMillis(1)).thenReturn(5);
		}

		@Tool
		int broken() {
			throw new IllegalStateException("the bug");
		}

		@Tool
		int overflow() {
			return overflow() + 1;
		}

		@Tool
		Mono<Integer> brokenLater() {
			return Mono.error(new IllegalStateException("the bug"));
		}

		@Tool
		int closed() {
			throw new ToolFailedException("closed on Sundays");
		}

		@Tool
		Mono<Integer> closedLater() {
			return Mono.error(new ToolFailedException("closed on Sundays"));
		}

		@Tool
		@ToolPolicy(timeout = "50ms")
		String slow() throws InterruptedException {
			return endless();
		}

		@Tool
		String endless() throws InterruptedException {
			this.begun.countDown();
			try {
				new CountDownLatch(1).await();
				return "never";
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
				throw ex;
			}
		}

	}

}
