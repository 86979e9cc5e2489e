package io.switchboard.autoconfigure.chat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.tool.ToolPolicy;
import io.switchboard.ai.turn.AnswerCheck;
import io.switchboard.ai.turn.AwaitingApproval;
import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSource;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.model.ChatScript;
import io.switchboard.test.model.ScriptedChatModel;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.SupervisorNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelAgentAutoConfiguration} and
 * {@link ConversationsAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelAgentAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ScriptedChatModel model = script().answer("one").answer("two").build();

	private final ScriptedChatModel other = script().answer("other").build();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class, ModelAgentAutoConfiguration.class,
				ModelProvidersAutoConfiguration.class, ConversationsAutoConfiguration.class));

	private final ApplicationContextRunner withModel = this.runner
		.withBean("model", ScriptedChatModel.class, () -> this.model)
		.withPropertyValues("switchboard.agents.support.instructions=You help customers.");

	@Test
	void anAgentFromPropertiesAnswersWithTheOnlyModel() {
		this.withModel.run((context) -> {
			assertThat(answer(context, "/support")).isEqualTo("one");
			assertThat(this.model.lastPrompt()).hasSystemText("You help customers.").hasLastUserText("Hello");
		});
	}

	@Test
	void anAgentPerSessionHasAConversationForEach() {
		this.withModel
			.withPropertyValues("switchboard.agents.support.per-session=true", "switchboard.supervisors.desk.parent=/",
					"switchboard.agents.support.supervisor=desk")
			.run((context) -> {
				assertThat(answer(context, "/desk/support/s-1")).isEqualTo("one");
				assertThat(answer(context, "/desk/support/s-2")).isEqualTo("two");

				assertThat(this.model.lastPrompt().messages()).hasSize(2);
				assertThat(context.getBean(AgentCatalog.class).find("support")).satisfies((agent) -> {
					assertThat(agent).isNotNull();
					assertThat(agent.perSession()).isTrue();
					assertThat(agent.path()).isEqualTo(AgentPath.of("/desk/support"));
					assertThat(agent.messageTypes()).isEqualTo(Set.of(TurnRequest.class));
				});
			});
	}

	@Test
	void anIdleSessionLeavesAndComesBackWithItsConversation() {
		CountDownLatch left = new CountDownLatch(1);
		AgentEventListener listener = (event) -> {
			if (event instanceof AgentEvent.Stopped stopped && stopped.path().equals(AgentPath.of("/support/s-1"))) {
				left.countDown();
			}
		};
		this.withModel.withBean(AgentEventListener.class, () -> listener)
			.withPropertyValues("switchboard.agents.support.per-session=true",
					"switchboard.agents.support.idle-timeout=1ms")
			.run((context) -> {
				assertThat(answer(context, "/support/s-1")).isEqualTo("one");
				assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();

				assertThat(answer(context, "/support/s-1")).isEqualTo("two");

				assertThat(this.model.lastPrompt().messages()).hasSize(4);
			});
	}

	@Test
	void aConversationSurvivesTheApplicationInADurableJournal(@TempDir Path folder) {
		ApplicationContextRunner durable = this.withModel
			.withConfiguration(AutoConfigurations.of(JournalAutoConfiguration.class))
			.withPropertyValues("switchboard.journal.store=jdbc", "switchboard.journal.folder=" + folder);

		durable.run((context) -> assertThat(answer(context, "/support")).isEqualTo("one"));
		durable.run((context) -> {
			assertThat(answer(context, "/support")).isEqualTo("two");
			assertThat(this.model.lastPrompt().messages()).hasSize(4);
		});
	}

	@Test
	void theModelIsToldAsMuchOfTheConversationAsItMay() {
		this.withModel.withPropertyValues("switchboard.agents.support.history-tokens=1").run((context) -> {
			answer(context, "/support");
			answer(context, "/support");

			assertThat(this.model.lastPrompt().messages()).hasSize(2);
		});
	}

	@Test
	void anAgentNamesItsModel() {
		this.withModel.withBean("other", ScriptedChatModel.class, () -> this.other)
			.withPropertyValues("switchboard.agents.support.model=other")
			.run((context) -> assertThat(answer(context, "/support")).isEqualTo("other"));
	}

	@Test
	void agentsShareTheProviderOfTheirModel() {
		this.withModel.withPropertyValues("switchboard.agents.triage.model=model").run((context) -> {
			answer(context, "/support");
			answer(context, "/triage");

			assertThat(context.getBean(ModelProviders.class).get("model").statistics().answered()).isEqualTo(2);
		});
	}

	@Test
	void severalModelsAndSpringAisOwnClientDoNotGetInTheWay() {
		this.withModel.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class))
			.withBean("other", ScriptedChatModel.class, () -> this.other)
			.withPropertyValues("switchboard.agents.support.model=other")
			.run((context) -> assertThat(answer(context, "/support")).isEqualTo("other"));
	}

	@Test
	void theBudgetComesFromTheProperties() {
		ScriptedChatModel endless = script().toolCall("lookup", "{}").repeat().build();

		this.runner.withBean("model", ScriptedChatModel.class, () -> endless)
			.withUserConfiguration(Tools.class)
			.withPropertyValues("switchboard.agents.support.model=model", "switchboard.agents.support.tools=callback",
					"switchboard.agents.support.budget.steps=2")
			.run((context) -> StepVerifier.create(turn(context, "/support"))
				.expectNextMatches(
						(event) -> event instanceof TurnFailed failed && failed.failure().equals("budget-spent"))
				.expectComplete()
				.verify(LIMIT));

		assertThat(endless).wasCalledTimes(2);
	}

	@Test
	void theVersionIsShownInTheTreeAndInTraces() {
		TestObservationRegistry observations = TestObservationRegistry.create();

		this.runner.withBean("model", ScriptedChatModel.class, () -> script().answer("Hello.").build())
			.withBean(ObservationRegistry.class, () -> observations)
			.withPropertyValues("switchboard.agents.support.model=model", "switchboard.agents.support.version=2026-11",
					"switchboard.agents.other.model=model")
			.run((context) -> {
				AgentSystem system = context.getBean(AgentSystem.class);
				assertThat(((AgentNode) system.node(AgentPath.of("/support"))).version()).isEqualTo("2026-11");
				assertThat(((AgentNode) system.node(AgentPath.of("/other"))).version()).isEqualTo("1");
				turn(context, "/support").block(LIMIT);
			});

		TestObservationRegistryAssert.assertThat(observations)
			.hasObservationWithNameEqualTo("switchboard.turn")
			.that()
			.hasHighCardinalityKeyValue("agent.version", "2026-11");
	}

	@Test
	void theBudgetOfASupervisorHoldsForTheAgentsBelow() {
		ScriptedChatModel endless = script().toolCall("lookup", "{}").repeat().build();

		this.runner.withBean("model", ScriptedChatModel.class, () -> endless)
			.withUserConfiguration(Tools.class)
			.withPropertyValues("switchboard.supervisors.desk.parent=/", "switchboard.supervisors.desk.budget.steps=1",
					"switchboard.agents.support.supervisor=desk", "switchboard.agents.support.model=model",
					"switchboard.agents.support.tools=callback", "switchboard.agents.support.budget.steps=5")
			.run((context) -> assertBudgetSpent(turn(context, "/desk/support")));

		assertThat(endless).wasCalledTimes(1);
	}

	@Test
	void agentsBelowASupervisorShareItsTurnsAtOnce() {
		ScriptedChatModel holding = script().toolCall("hold", "{}").answer("done").build();

		withTools(holding).withPropertyValues("switchboard.supervisors.desk.parent=/",
				"switchboard.supervisors.desk.budget.concurrent-turns=1", "switchboard.agents.support.supervisor=desk",
				"switchboard.agents.triage.supervisor=desk", "switchboard.agents.triage.model=model")
			.run((context) -> {
				DeskTools tools = context.getBean(DeskTools.class);

				StepVerifier.create(turn(context, "/desk/support"))
					.then(tools::awaitBegin)
					.then(() -> assertBudgetSpent(turn(context, "/desk/triage")))
					.then(() -> tools.end.tryEmitValue("ok"))
					.expectNextMatches(TurnCompleted.class::isInstance)
					.expectComplete()
					.verify(LIMIT);
			});

		assertThat(holding).wasCalledTimes(2);
	}

	private static void assertBudgetSpent(Mono<TurnEvent> turn) {
		assertThat(turn.block(LIMIT)).isInstanceOfSatisfying(TurnFailed.class,
				(failed) -> assertThat(failed.failure()).isEqualTo("budget-spent"));
	}

	@Test
	void toolsAreNamedByTheirBeans() {
		this.withModel.withUserConfiguration(Tools.class)
			.withPropertyValues("switchboard.agents.support.tools=callback,provider,methods")
			.run((context) -> {
				answer(context, "/support");

				assertThat(this.model.lastPrompt()).offersTools("lookup", "provided", "price");
			});
	}

	@Test
	void aToolThatNeedsApprovalWaitsForIt() {
		ScriptedChatModel asking = script().toolCall("lookup", "{}").answer("done").build();

		this.runner.withBean("model", ScriptedChatModel.class, () -> asking)
			.withUserConfiguration(Tools.class)
			.withPropertyValues("switchboard.agents.support.model=model", "switchboard.agents.support.tools=callback",
					"switchboard.agents.support.needs-approval=lookup")
			.run((context) -> StepVerifier.create(stream(context, "/support"))
				.expectNextMatches(TurnStarted.class::isInstance)
				.consumeNextWith((event) -> assertThat(event).isInstanceOfSatisfying(AwaitingApproval.class,
						(asked) -> context.getBean(Approvals.class)
							.decide(AgentPath.of("/support"), asked.turn(), asked.call(), new Decision.Approve())))
				.expectNextMatches(ToolCall.class::isInstance)
				.expectNextMatches(ToolResult.class::isInstance)
				.expectNextMatches(Token.class::isInstance)
				.expectNextMatches(TurnCompleted.class::isInstance)
				.expectComplete()
				.verify(LIMIT));
	}

	@ParameterizedTest
	@CsvSource({ "callback, lookup", "'', none" })
	void aMisspeltToolDoesNotEscapeApproval(String tools, String allowed) {
		this.withModel.withUserConfiguration(Tools.class)
			.withPropertyValues("switchboard.agents.support.tools=" + tools,
					"switchboard.agents.support.needs-approval=lookUp")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(UnknownApprovalToolException.class)
				.hasMessageContaining("switchboard.agents.support.needs-approval has 'lookUp'")
				.hasMessageContaining("Its tools are: " + allowed));
	}

	@Test
	void theApplicationTeachesTurnsWhatIsAFailure() {
		ScriptedChatModel failing = script().fail(new UnsupportedOperationException()).build();

		this.runner.withBean("model", ScriptedChatModel.class, () -> failing)
			.withBean(FailureClassifier.class,
					() -> (ex) -> (ex instanceof UnsupportedOperationException) ? TurnFailure.of(FailureClass.REFUSED)
							: null)
			.withPropertyValues("switchboard.agents.support.model=model")
			.run((context) -> StepVerifier.create(turn(context, "/support"))
				.expectNextMatches((event) -> event instanceof TurnFailed failed && failed.failure().equals("refused"))
				.expectComplete()
				.verify(LIMIT));
	}

	@Test
	void theFirstCheckOfTheApplicationThatObjectsDecides() {
		this.withModel.withBean("pleased", AnswerCheck.class, AnswerCheck::none)
			.withBean("first", AnswerCheck.class,
					() -> (answer) -> answer.equals("one")
							? TurnFailure.of(FailureClass.WRONG_LANGUAGE, "Answer in German") : null)
			.withBean("second", AnswerCheck.class,
					() -> (answer) -> answer.equals("one")
							? TurnFailure.of(FailureClass.INVALID_OUTPUT, "Answer in verse") : null)
			.run((context) -> {
				List<TurnEvent> events = stream(context, "/support").collectList().blockOptional(LIMIT).orElseThrow();

				assertThat(events).filteredOn(Recovering.class::isInstance)
					.containsExactly(new Recovering("t-1", "wrong-language", "feedback", 1));
				assertThat(events).last()
					.isInstanceOfSatisfying(TurnCompleted.class,
							(completed) -> assertThat(completed.answer()).isEqualTo("two"));
				assertThat(this.model.lastPrompt()).lastUserText().contains("Answer in German").doesNotContain("verse");
			});
	}

	@Test
	void callsOfToolsAreTasksOfASupervisorThatIsAddedForThem() {
		withTools(script().toolCall("hold", "{}").answer("done").build()).run((context) -> {
			DeskTools tools = context.getBean(DeskTools.class);

			StepVerifier.create(turn(context, "/support"))
				.then(() -> tools.awaitBegin())
				.then(() -> assertThat(children(context, "/tools")).singleElement()
					.satisfies((path) -> assertThat(path).startsWith("/tools/hold-")))
				.then(() -> tools.end.tryEmitValue("ok"))
				.expectNextMatches(TurnCompleted.class::isInstance)
				.expectComplete()
				.verify(LIMIT);
		});
	}

	@Test
	void theSupervisorOfToolsIsNamedAndLimitedByProperties() {
		withTools(script().toolCall("hold", "{}").answer("done").build())
			.withPropertyValues("switchboard.tools.supervisor=calls", "switchboard.tools.max-running=2")
			.run((context) -> {
				assertThat(context.getBean(AgentSystem.class).tree().find(AgentPath.of("/calls"))).isNotNull();
				assertThat(context.getBean(AgentSystem.class).tree().find(AgentPath.of("/tools"))).isNull();
			});
	}

	@Test
	void withoutToolsThereIsNoSupervisorForThem() {
		this.withModel
			.run((context) -> assertThat(context.getBean(AgentSystem.class).tree().find(AgentPath.of("/tools")))
				.isNull());
	}

	@Test
	void toolsAreCalledAsThePropertiesSay() {
		ScriptedChatModel calling = script().toolCall("fail", "{}").answer("done").build();

		withTools(calling)
			.withPropertyValues("switchboard.tools.overrides.fail.failures=" + IllegalStateException.class.getName())
			.run((context) -> {
				assertThat(answer(context, "/support")).isEqualTo("done");
				assertThat(calling.lastPrompt().toolResponses()).singleElement()
					.satisfies((response) -> assertThat(response.responseData())
						.isEqualTo("Tool 'fail' failed: closed on Sundays"));
			});
	}

	@Test
	void aTimeOutOfTheAnnotationOverrulesThatOfAllTools() {
		ScriptedChatModel calling = script().toolCall("brief", "{}").answer("done").build();

		withTools(calling).withPropertyValues("switchboard.tools.timeout=1h").run((context) -> {
			assertThat(answer(context, "/support")).isEqualTo("done");
			assertThat(calling.lastPrompt().toolResponses()).singleElement()
				.satisfies((response) -> assertThat(response.responseData()).contains("PT0.02S"));
		});
	}

	@Test
	void marksOfLogLinesArriveInTools() {
		ScriptedChatModel calling = script().toolCall("marks", "{}").answer("done").build();
		ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor("tenant"));

		try {
			withTools(calling).run((context) -> {
				turn(context, "/support")
					.contextWrite((view) -> view.put(Slf4jThreadLocalAccessor.KEY, Map.of("tenant", "acme")))
					.block(LIMIT);

				assertThat(calling.lastPrompt().toolResponses()).singleElement()
					.satisfies((response) -> assertThat(response.responseData()).contains("acme"));
			});
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor(Slf4jThreadLocalAccessor.KEY);
		}
	}

	@Test
	void settingsOfToolsThatNobodyHasAreTold(CapturedOutput output) {
		withTools(this.model).withPropertyValues("switchboard.tools.overrides.fial.timeout=5s")
			.run((context) -> assertThat(output)
				.contains("no agent is known to have: [fial]; known are [brief, fail, hold, marks]"));
	}

	private ApplicationContextRunner withTools(ScriptedChatModel model) {
		return this.runner.withBean("model", ScriptedChatModel.class, () -> model)
			.withBean("methods", DeskTools.class, DeskTools::new)
			.withPropertyValues("switchboard.agents.support.model=model", "switchboard.agents.support.tools=methods");
	}

	@Test
	void aToolMayAskAnotherAgent() {
		ScriptedChatModel asking = script().toolCall("ask", "{}").answer("done").build();

		this.runner.withBean("model", ScriptedChatModel.class, () -> asking)
			.withUserConfiguration(AsksAnotherAgent.class)
			.withPropertyValues("switchboard.agents.support.model=model", "switchboard.agents.support.tools=asks")
			.run((context) -> {
				assertThat(answer(context, "/support")).isEqualTo("done");
				assertThat(asking.lastPrompt().toolResponses()).singleElement()
					.satisfies((response) -> assertThat(response.responseData()).contains("42"));
			});
	}

	@Test
	void customizersOfTheApplicationStayInEffect() {
		this.withModel.withUserConfiguration(Customized.class).run((context) -> {
			answer(context, "/support");

			assertThat(context.getBean(CountingAdvisor.class).streams).isEqualTo(1);
		});
	}

	@Test
	void springAisConfigurerStaysInEffect() {
		this.withModel.withUserConfiguration(Customized.class)
			.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasSingleBean(ChatClientBuilderConfigurer.class);
				answer(context, "/support");

				assertThat(context.getBean(CountingAdvisor.class).streams).isEqualTo(1);
			});
	}

	@Test
	void customizersAreEnoughWithoutSpringAisAutoConfiguration() {
		this.withModel.withUserConfiguration(Customized.class)
			.withClassLoader(new FilteredClassLoader(ChatClientBuilderConfigurer.class))
			.run((context) -> {
				answer(context, "/support");

				assertThat(context.getBean(CountingAdvisor.class).streams).isEqualTo(1);
			});
	}

	@Test
	void callsAreObserved() {
		TestObservationRegistry registry = TestObservationRegistry.create();

		this.withModel.withBean(TestObservationRegistry.class, () -> registry)
			.run((context) -> answer(context, "/support"));

		assertThat(registry).satisfies((observed) -> TestObservationRegistryAssert.assertThat(observed)
			.hasObservationWithNameEqualTo("spring.ai.chat.client"));
	}

	@Test
	void conversationsAreKeptInTheApplicationsRepository() {
		ChatMemoryRepository repository = new InMemoryChatMemoryRepository();

		this.withModel.withBean(ChatMemoryRepository.class, () -> repository)
			.run((context) -> answer(context, "/support"));

		assertThat(repository.findByConversationId("/support")).extracting(Message::getText)
			.containsExactly("Hello", "one");
	}

	@Test
	void aRepositoryThatMayBlockHasThreadsOfItsOwn() {
		ThreadRecordingRepository repository = new ThreadRecordingRepository();

		this.withModel.withBean(ChatMemoryRepository.class, () -> repository)
			.run((context) -> answer(context, "/support"));

		assertThat(repository.threads).isNotEmpty()
			.allSatisfy((thread) -> assertThat(thread).startsWith("switchboard-conversations"));
	}

	@Test
	void conversationsBackOff() {
		Conversations own = Conversations.inMemory();

		this.withModel.withBean("own", Conversations.class, () -> own).run((context) -> {
			assertThat(context).getBean(Conversations.class).isSameAs(own);
			assertThat(context).doesNotHaveBean("conversationsScheduler");
			answer(context, "/support");
			assertThat(own.transcript(AgentPath.of("/support")).blockOptional(LIMIT))
				.hasValueSatisfying((messages) -> assertThat(messages).hasSize(2));
		});
	}

	@Test
	void isNotThereWithoutModelAgents() {
		this.runner.withClassLoader(new FilteredClassLoader(ModelAgent.class, Conversations.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(AgentSource.class)
				.doesNotHaveBean("conversations"));
	}

	private static List<String> children(ApplicationContext context, String path) {
		SupervisorNode node = (SupervisorNode) context.getBean(AgentSystem.class).tree().find(AgentPath.of(path));
		return Objects.requireNonNull(node).children().stream().map((child) -> child.path().toString()).toList();
	}

	private static ChatScript script() {
		return ScriptedChatModel.script();
	}

	private static String answer(ApplicationContext context, String path) {
		return turn(context, path).cast(TurnCompleted.class)
			.map(TurnCompleted::answer)
			.blockOptional(LIMIT)
			.orElseThrow();
	}

	private static Flux<TurnEvent> stream(ApplicationContext context, String path) {
		return context.getBean(AgentSystem.class)
			.agent(path, TurnRequest.class)
			.stream(new TurnRequest("t-1", "Hello"), TurnEvent.class);
	}

	private static Mono<TurnEvent> turn(ApplicationContext context, String path) {
		return context.getBean(AgentSystem.class)
			.agent(path, TurnRequest.class)
			.ask(new TurnRequest("t-1", "Hello"), TurnEvent.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Tools {

		@Bean
		ToolCallback callback() {
			return tool("lookup");
		}

		@Bean
		ToolCallbackProvider provider() {
			return ToolCallbackProvider.from(tool("provided"));
		}

		@Bean
		PriceTools methods() {
			return new PriceTools();
		}

		private static ToolCallback tool(String name) {
			return FunctionToolCallback.builder(name, (Map<String, Object> input) -> "found")
				.description("Looks something up.")
				.inputType(Map.class)
				.build();
		}

	}

	static class PriceTools {

		@Tool(description = "Says a price.")
		int price() {
			return 42;
		}

	}

	static class DeskTools {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final Sinks.One<String> end = Sinks.one();

		@Tool(description = "Answers late.")
		Mono<String> hold() {
			this.begun.countDown();
			return this.end.asMono();
		}

		@Tool(description = "Never answers.")
		@ToolPolicy(timeout = "20ms")
		Mono<String> brief() {
			return Mono.never();
		}

		@Tool(description = "Says what its log lines are marked with.")
		String marks() {
			return String.valueOf(MDC.get("tenant"));
		}

		@Tool(description = "Fails.")
		String fail() {
			throw new IllegalStateException("closed on Sundays");
		}

		void awaitBegin() {
			try {
				assertThat(this.begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new AssertionError("interrupted", ex);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AsksAnotherAgent {

		@Bean
		AgentSpec<String> pricing() {
			return AgentSpec.builder("pricing", String.class, () -> (message, context) -> Mono.just(42)).build();
		}

		@Bean
		AskingTools asks(AgentSystem system) {
			return new AskingTools(system);
		}

	}

	record AskingTools(AgentSystem system) {

		@Tool(description = "Asks the pricing agent.")
		Integer ask() {
			return this.system.agent("/pricing", String.class)
				.ask("price", Integer.class)
				.blockOptional(LIMIT)
				.orElseThrow();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customized {

		@Bean
		CountingAdvisor advisor() {
			return new CountingAdvisor();
		}

		@Bean
		ChatClientBuilderCustomizer customizer(CountingAdvisor advisor) {
			return (builder) -> builder.defaultAdvisors(advisor);
		}

	}

	static class CountingAdvisor extends SimpleLoggerAdvisor {

		private int streams;

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			this.streams++;
			return super.adviseStream(request, chain);
		}

	}

	static class ThreadRecordingRepository implements ChatMemoryRepository {

		private final ChatMemoryRepository delegate = new InMemoryChatMemoryRepository();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		@Override
		public List<String> findConversationIds() {
			return this.delegate.findConversationIds();
		}

		@Override
		public List<Message> findByConversationId(String conversationId) {
			this.threads.add(Thread.currentThread().getName());
			return this.delegate.findByConversationId(conversationId);
		}

		@Override
		public void saveAll(String conversationId, List<Message> messages) {
			this.threads.add(Thread.currentThread().getName());
			this.delegate.saveAll(conversationId, messages);
		}

		@Override
		public void deleteByConversationId(String conversationId) {
			this.delegate.deleteByConversationId(conversationId);
		}

	}

}
