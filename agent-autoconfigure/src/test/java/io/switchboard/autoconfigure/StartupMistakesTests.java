package io.switchboard.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.switchboard.ai.ModelAgent;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.annotation.OnStart;
import io.switchboard.autoconfigure.annotated.AnnotatedAgentAutoConfiguration;
import io.switchboard.autoconfigure.chat.ConversationsAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelAgentAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests that the mistakes users make fail the start with an explanation and a way out.
 */
class StartupMistakesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class,
				AnnotatedAgentAutoConfiguration.class, ModelAgentAutoConfiguration.class,
				ConversationsAutoConfiguration.class, ModelProvidersAutoConfiguration.class));

	@ParameterizedTest
	@MethodSource
	void isExplained(List<Class<?>> beans, List<String> properties, String[] description, String[] action) {
		this.runner.withUserConfiguration(beans.toArray(Class[]::new))
			.withPropertyValues(properties.toArray(String[]::new))
			.run((context) -> {
				FailureAnalysis analysis = analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains(description);
				assertThat(analysis.getAction()).contains(action);
			});
	}

	static Stream<Arguments> isExplained() {
		return Stream.of(
				mistake("unknown supervisor", List.of(Echo.class),
						List.of("switchboard.agents.echo.supervisor=dekc", "switchboard.supervisors.desk.parent=/"),
						list("class " + Echo.class.getName() + ": 'dekc'. Did you mean 'desk'?"),
						list("Define the supervisor", "'/' is the root")),
				mistake("cycle of supervisors", List.of(),
						List.of("switchboard.supervisors.a.parent=b", "switchboard.supervisors.b.parent=a"),
						list("'a' is below 'b' is below 'a'"), list("switchboard.supervisors.a.parent: /")),
				mistake("settings of an unknown provider", List.of(Model.class),
						List.of("switchboard.providers.modle.max-concurrent=3"),
						list("switchboard.providers.modle. Did you mean 'model'?", "The ChatModel beans are 'model'."),
						list("bean name of a ChatModel")),
				mistake("settings of a provider without a model", List.of(),
						List.of("switchboard.providers.model.max-concurrent=3"),
						list("switchboard.providers.model.", "There is no ChatModel bean."),
						list("or remove the settings")),
				mistake("unknown tool", List.of(Model.class, LookupTools.class),
						List.of("switchboard.agents.support.model=model",
								"switchboard.agents.support.tools=orderLookUp,model"),
						list("switchboard.agents.support.tools has 'orderLookUp', and there is no bean of that name. Did you mean 'orderLookup'?",
								"has 'model', which is a bean, but no tool",
								"The beans that are tools are 'orderLookup'."),
						list("@Tool", "by its bean, not by its method")),
				mistake("an agent that has the name of the supervisor of tools",
						List.of(Model.class, LookupTools.class),
						List.of("switchboard.agents.tools.model=model", "switchboard.agents.tools.tools=orderLookup"),
						list("The name 'tools' below supervisor '/' is used by (switchboard.tools.supervisor) and (switchboard.agents.tools)"),
						list("Rename all but one")),
				mistake("failures of tools that are no class", List.of(),
						List.of("switchboard.tools.failures=com.example.Missing"),
						list("switchboard.tools.failures", "'com.example.Missing'",
								"the full name of a class that is there"),
						list("Change the value")),
				mistake("no chat model", List.of(), List.of("switchboard.agents.support.instructions=Be kind."),
						list("switchboard.agents.support.model is not set.", "There is no ChatModel bean."),
						list("Add the starter of a model", "spring.ai.model.chat")),
				mistake("several chat models", List.of(Model.class, OtherModel.class),
						List.of("switchboard.agents.support.instructions=Be kind."),
						list("switchboard.agents.support.model is not set.", "are 'model', 'other'",
								"none of them is primary"),
						list("switchboard.agents.support.model: model", "@Primary")),
				mistake("unknown chat model", List.of(Model.class), List.of("switchboard.agents.support.model=modle"),
						list("switchboard.agents.support.model is 'modle'. Did you mean 'model'?",
								"The only ChatModel bean is 'model'"),
						list("switchboard.agents.support.model: model")),
				mistake("bad intensity", List.of(),
						List.of("switchboard.supervisors.desk.max-restarts=-1",
								"switchboard.supervisors.desk.within=0s"),
						list("switchboard.supervisors.desk.max-restarts is '-1', allowed is zero or more",
								"switchboard.supervisors.desk.within is 'PT0S', allowed is a duration of more than zero"),
						list("Change the values")),
				mistake("a duration that is none", List.of(), List.of("switchboard.supervisors.desk.within=soon"),
						list("switchboard.supervisors.desk.within is 'soon'", "a duration such as 500ms, 10s",
								"It is set in"),
						list("Change the value")),
				mistake("a period without end", List.of(), List.of("switchboard.supervisors.desk.within=infinite"),
						list("switchboard.supervisors.desk.within is 'infinite'", "a duration such as 500ms, 10s"),
						list("Change the value")),
				mistake("an intensity without end", List.of(),
						List.of("switchboard.supervisors.desk.max-restarts=infinite"),
						list("switchboard.supervisors.desk.max-restarts is 'infinite', allowed is a whole number"),
						list("Change the value")),
				mistake("a number that is none", List.of(Echo.class),
						List.of("switchboard.agents.echo.mailbox.capacity=lots"),
						list("switchboard.agents.echo.mailbox.capacity is 'lots', allowed is a whole number"),
						list("Change the value")),
				mistake("a price that is none", List.of(), List.of("switchboard.prices.small.input=cheap"),
						list("switchboard.prices.small.input is 'cheap', allowed is a number such as 2 or 0.5"),
						list("Change the value")),
				mistake("a factor that is none", List.of(),
						List.of("switchboard.supervisors.desk.backoff.factor=a lot"),
						list("switchboard.supervisors.desk.backoff.factor is 'a lot', allowed is a number such as 2"),
						list("Change the value")),
				mistake("two agents of one name", List.of(Echo.class, EchoSpecification.class), List.of(),
						list("The agent name 'echo' is used by (class " + Echo.class.getName()
								+ ") and (bean 'echoSpecification')"),
						list("Rename all but one")),
				mistake("an agent that is a class and calls a model", List.of(Echo.class, Model.class),
						List.of("switchboard.agents.echo.model=model"),
						list("agent name 'echo'", "(switchboard.agents.echo)", "(class " + Echo.class.getName() + ")"),
						list("Rename all but one")),
				mistake("an agent and a supervisor of one name", List.of(Echo.class),
						List.of("switchboard.supervisors.echo.parent=/"),
						list("The name 'echo' below supervisor '/' is used by (switchboard.supervisors.echo) and (class "
								+ Echo.class.getName() + ")"),
						list("Rename all but one")),
				mistake("singleton state", List.of(SharedEcho.class), List.of(),
						list("An agent must be a prototype bean", "class " + SharedEcho.class.getName()),
						list("Remove the @Scope annotation")),
				mistake("missing instructions file", List.of(Model.class),
						List.of("switchboard.agents.support.instructions=classpath:agents/suport.md"),
						list("switchboard.agents.support.instructions is 'classpath:agents/suport.md'"),
						list("src/main/resources")),
				mistake("an agent that does nothing", List.of(Echo.class),
						List.of("switchboard.agents.ecco.restart=transient"),
						list("switchboard.agents.ecco has neither 'instructions' nor 'model'",
								"annotated with @Agent(\"ecco\"). Did you mean 'echo'?"),
						list("ecco:", "@Agent(\"ecco\")")),
				mistake("a class without handlers", List.of(NoHandler.class), List.of(),
						list(NoHandler.class.getName() + " has no method annotated with @OnMessage"),
						list("@OnMessage", "Answer handle(Question question")),
				mistake("a specification that cannot work", List.of(Significant.class), List.of(),
						list("supervisor 'root'", "child 'worker' is significant, which means nothing under NEVER"),
						list("where supervisor 'root' is specified")),
				mistake("an advisor that cannot stream", List.of(Model.class, CallGuard.class),
						List.of("switchboard.agents.support.model=model"),
						list("model agent 'support'", "advisor 'call-guard'", "would be left out"),
						list("where model agent 'support' is specified")),
				mistake("an agent that fails to start", List.of(FailsToStart.class), List.of(),
						list("the start of '/fails-to-start' below supervisor '/' failed with",
								"java.lang.IllegalStateException: no connection"),
						list("Mend what the start of '/fails-to-start' failed with")),
				mistake("an agent whose constructor fails", List.of(FailsToBeMade.class), List.of(),
						list("the start of '/fails-to-be-made' below supervisor '/' failed with",
								"BeanCreationException", "caused by java.lang.IllegalStateException: no disk"),
						list("Mend what the start of '/fails-to-be-made' failed with")));
	}

	@Test
	void modelAgentsWithoutTheirModuleAreExplained() {
		this.runner.withClassLoader(new FilteredClassLoader(ModelAgent.class))
			.withPropertyValues("switchboard.agents.support.instructions=Be kind.")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("switchboard.agents.support calls a model",
						"agent-spring-ai");
				assertThat(analysis.getAction()).contains("io.switchboard:agent-spring-boot-starter");
			});
	}

	@ParameterizedTest
	@CsvSource({ "switchboard.supervisors.desk.strategy, all, ONE_FOR_ALL ONE_FOR_ONE REST_FOR_ONE",
			"switchboard.supervisors.desk.auto-shutdown, sometimes, NEVER ANY_SIGNIFICANT ALL_SIGNIFICANT",
			"switchboard.agents.support.restart, prmanent, PERMANENT TRANSIENT TEMPORARY" })
	void aChoiceThatIsNoneIsExplained(String key, String value, String allowed) {
		this.runner.withPropertyValues(key + "=" + value).run((context) -> {
			FailureAnalysis analysis = analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(key, value);
			assertThat(analysis.getAction()).contains(allowed.split(" "));
		});
	}

	private static FailureAnalysis analyze(Throwable failure) {
		assertThat(failure).as("failure of the start").isNotNull();
		return SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, ex) -> {
		})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("Nothing explains the failure", failure));
	}

	private static Arguments mistake(String name, List<Class<?>> beans, List<String> properties, String[] description,
			String[] action) {
		return argumentSet(name, beans, properties, description, action);
	}

	private static String[] list(String... texts) {
		return Arrays.copyOf(texts, texts.length);
	}

	@Agent
	static class Echo {

		@OnMessage
		Mono<String> handle(String message) {
			return Mono.just(message);
		}

	}

	@Agent("shared")
	@Scope("singleton")
	static class SharedEcho extends Echo {

	}

	@Agent
	static class NoHandler {

	}

	@Agent
	static class FailsToBeMade extends Echo {

		FailsToBeMade() {
			throw new IllegalStateException("no disk");
		}

	}

	@Agent
	static class FailsToStart extends Echo {

		@OnStart
		Mono<Void> start() {
			return Mono.error(new IllegalStateException("no connection"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EchoSpecification {

		@Bean
		AgentSpec<String> echoSpecification() {
			return AgentSpec.builder("echo", String.class, () -> (message, context) -> Mono.just(message)).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Significant {

		@Bean
		AgentSpec<String> worker() {
			return AgentSpec.builder("worker", String.class, () -> (message, context) -> Mono.just(message))
				.restart(Restart.TEMPORARY)
				.significant(true)
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Model {

		@Bean
		ScriptedChatModel model() {
			return ScriptedChatModel.script().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherModel {

		@Bean
		ScriptedChatModel other() {
			return ScriptedChatModel.script().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CallGuard {

		@Bean
		ChatClientBuilderCustomizer guards() {
			CallAdvisor guard = mock();
			given(guard.getName()).willReturn("call-guard");
			return (client) -> client.defaultAdvisors(guard);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LookupTools {

		@Bean
		Lookup orderLookup() {
			return new Lookup();
		}

	}

	static class Lookup {

		@Tool
		String lookup(String order) {
			return order;
		}

	}

}
