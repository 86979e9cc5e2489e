package io.switchboard.autoconfigure.chat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.switchboard.AgentPath;
import io.switchboard.ai.fanout.SubAgentTool;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.test.model.ChatScript;
import io.switchboard.test.model.ScriptedChatModel;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.switchboard.test.model.ScriptedChatModel.script;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the turns of agents in an application are observed.
 */
class ObservedTurnsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class, ModelAgentAutoConfiguration.class,
				ModelProvidersAutoConfiguration.class, ConversationsAutoConfiguration.class))
		.withUserConfiguration(Tools.class)
		.withBean(TestObservationRegistry.class, () -> this.registry)
		.withPropertyValues("switchboard.agents.support.instructions=You help customers.",
				"switchboard.agents.support.tools=desk", "switchboard.agents.triage.instructions=You sort.");

	@Test
	void theTurnOfAnAgentThatAToolAsksIsBelowTheCallOfTheTool() {
		run(script().toolCall("askTriage", "{\"question\":\"Whose is it?\"}").answer("billing").answer("Billing's."));

		observed((contexts) -> assertThat(contexts).filteredOn((context) -> "triage".equals(agent(context)))
			.extracting(ObservedTurnsTests::place)
			.containsExactlyInAnyOrder("turn support > call tool askTriage > turn triage",
					"turn support > call tool askTriage > turn triage > call model"));
	}

	@Test
	void theTurnOfASubAgentIsBelowTheCallThatAsksIt() {
		ScriptedChatModel model = script().toolCall("expert", "{\"question\":\"How much?\"}")
			.answer("42")
			.answer("It is 42.")
			.build();

		this.runner.withBean("model", ScriptedChatModel.class, () -> model)
			.withUserConfiguration(Experts.class)
			.withPropertyValues("switchboard.agents.support.tools=expert", "switchboard.agents.experts.model=model",
					"switchboard.agents.experts.per-session=true")
			.run((context) -> assertThat(ask(context.getBean(AgentSystem.class), "/support").block(LIMIT))
				.isInstanceOf(TurnCompleted.class));

		observed((contexts) -> assertThat(contexts).filteredOn((context) -> "experts".equals(agent(context)))
			.extracting(ObservedTurnsTests::place)
			.containsExactlyInAnyOrder("turn support > call tool expert > turn experts",
					"turn support > call tool expert > turn experts > call model"));
	}

	@Test
	void anAgentThatCrashesHasAnObservationForEachLife() {
		run(script().toolCall("breakOnce", "{}").answer("It broke."));

		observed(
				(contexts) -> assertThat(contexts).filteredOn((context) -> "switchboard.turn".equals(context.getName()))
					.extracting(
							(context) -> "%s %s".formatted(high(context, "agent.incarnation"), low(context, "outcome")))
					.containsExactly("1 crashed", "2 completed"));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasAnObservation((step) -> step.hasNameEqualTo("switchboard.turn.step")
				.hasLowCardinalityKeyValue("rung", "restart")
				.hasLowCardinalityKeyValue("outcome", "completed"));
	}

	@Test
	void sessionsAreNoTags() {
		ScriptedChatModel model = script().answer("one").build();

		this.runner.withBean("model", ScriptedChatModel.class, () -> model)
			.withPropertyValues("switchboard.supervisors.desk.parent=/", "switchboard.agents.support.supervisor=desk",
					"switchboard.agents.support.per-session=true")
			.run((context) -> ask(context.getBean(AgentSystem.class), "/desk/support/s-1").block(LIMIT));

		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("switchboard.turn")
			.that()
			.hasLowCardinalityKeyValue("agent", "support")
			.hasHighCardinalityKeyValue("agent.path", "/desk/support/s-1");
	}

	private void run(ChatScript script) {
		ScriptedChatModel model = script.build();
		this.runner.withBean("model", ScriptedChatModel.class, () -> model)
			.run((context) -> assertThat(ask(context.getBean(AgentSystem.class), "/support").block(LIMIT))
				.isInstanceOf(TurnCompleted.class));
	}

	private void observed(ThrowingConsumer<List<Observation.Context>> check) {
		TestObservationRegistryAssert.assertThat(this.registry).hasHandledContextsThatSatisfy(check);
	}

	private static Mono<TurnEvent> ask(AgentSystem system, String agent) {
		return system.agent(agent, TurnRequest.class).ask(new TurnRequest("t-1", "Hello"), TurnEvent.class, LIMIT);
	}

	/**
	 * The observations of ours above one, and itself.
	 */
	private static String place(Observation.ContextView context) {
		Deque<String> names = new ArrayDeque<>();
		Observation.ContextView each = context;
		while (each != null) {
			if (each.getName().startsWith("switchboard")) {
				names.addFirst(String.valueOf(each.getContextualName()));
			}
			ObservationView parent = each.getParentObservation();
			each = (parent != null) ? parent.getContextView() : null;
		}
		return String.join(" > ", names);
	}

	private static @Nullable String agent(Observation.ContextView context) {
		return low(context, "agent");
	}

	private static @Nullable String low(Observation.ContextView context, String key) {
		return (context.getLowCardinalityKeyValue(key) != null) ? context.getLowCardinalityKeyValue(key).getValue()
				: null;
	}

	private static @Nullable String high(Observation.ContextView context, String key) {
		return (context.getHighCardinalityKeyValue(key) != null) ? context.getHighCardinalityKeyValue(key).getValue()
				: null;
	}

	@Configuration(proxyBeanMethods = false)
	static class Tools {

		@Bean
		DeskTools desk(ObjectProvider<AgentSystem> system) {
			return new DeskTools(system);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Experts {

		@Bean
		SubAgentTool expert(ObjectProvider<AgentSystem> system) {
			return SubAgentTool.builder("expert", "Knows it all.", system::getObject)
				.perCall(AgentPath.of("/experts"))
				.build();
		}

	}

	static class DeskTools {

		private final AtomicBoolean broken = new AtomicBoolean(true);

		private final ObjectProvider<AgentSystem> system;

		DeskTools(ObjectProvider<AgentSystem> system) {
			this.system = system;
		}

		@Tool(description = "Asks whose question it is.")
		Mono<String> askTriage(String question) {
			return ask(this.system.getObject(), "/triage").cast(TurnCompleted.class).map(TurnCompleted::answer);
		}

		@Tool(description = "Breaks once.")
		String breakOnce() {
			if (this.broken.getAndSet(false)) {
				throw new IllegalStateException("broken");
			}
			return "works";
		}

	}

}
