package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AskTimeoutException;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.autoconfigure.annotated.AnnotatedAgentAutoConfiguration;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentSystemAutoConfiguration}.
 */
class AgentSystemAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(AgentSystemAutoConfiguration.class, AnnotatedAgentAutoConfiguration.class));

	@Test
	void anApplicationWithoutAgentsHasAnEmptyTree() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(AgentSystem.class);
			assertThat(context.getBean(AgentCatalog.class).names()).isEmpty();
			assertThat(paths(context)).containsExactly("/");
		});
	}

	@Test
	void anAnnotatedClassAnswers() {
		this.runner.withUserConfiguration(EchoAgent.class)
			.run((context) -> StepVerifier.create(ask(context, "/echo", "hello"))
				.expectNext("hello")
				.expectComplete()
				.verify(LIMIT));
	}

	@Test
	void aCrashEndsOneIncarnationAndNothingElse() {
		this.runner.withUserConfiguration(EchoAgent.class).run((context) -> {
			StepVerifier.create(ask(context, "/echo", "overflow"))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(AgentExitedException.class,
						(exited) -> assertThat(exited.reason().cause()).isInstanceOf(StackOverflowError.class)))
				.verify(LIMIT);

			StepVerifier.create(ask(context, "/echo", "again")).expectNext("again").expectComplete().verify(LIMIT);
			assertThat(system(context).tree().find(AgentPath.of("/echo")))
				.satisfies((node) -> assertThat(node).extracting(TreeNode::incarnation).isEqualTo(2L));
		});
	}

	@Test
	void propertiesDrawTheTree() {
		this.runner.withUserConfiguration(EchoAgent.class)
			.withPropertyValues("switchboard.root.strategy=rest-for-one", "switchboard.root.max-restarts=9",
					"switchboard.root.within=2m", "switchboard.supervisors.desk.strategy=one-for-all",
					"switchboard.supervisors.inner.parent=desk", "switchboard.agents.echo.supervisor=inner")
			.run((context) -> {
				assertThat(paths(context)).containsExactly("/", "/desk", "/desk/inner", "/desk/inner/echo");
				assertThat(system(context).tree().root()).satisfies((root) -> {
					assertThat(root.strategy()).isEqualTo(Strategy.REST_FOR_ONE);
					assertThat(new RestartIntensity(root.maxRestarts(), root.within()))
						.isEqualTo(new RestartIntensity(9, Duration.ofMinutes(2)));
				});
				assertThat(system(context).tree().find(AgentPath.of("/desk")))
					.isInstanceOfSatisfying(SupervisorNode.class, (desk) -> {
						assertThat(desk.strategy()).isEqualTo(Strategy.ONE_FOR_ALL);
						assertThat(new RestartIntensity(desk.maxRestarts(), desk.within()))
							.isEqualTo(new RestartIntensity(3, Duration.ofMinutes(1)));
					});
				assertThat(context.getBean(AgentCatalog.class).find("echo"))
					.satisfies((agent) -> assertThat(agent).extracting(AgentDefinition::path)
						.isEqualTo(AgentPath.of("/desk/inner/echo")));
			});
	}

	@Test
	void propertiesSlowRestartsDownAndPauseThem() {
		this.runner
			.withPropertyValues("switchboard.supervisors.desk.backoff.first=2s",
					"switchboard.supervisors.desk.backoff.max=30s", "switchboard.supervisors.desk.backoff.factor=3",
					"switchboard.supervisors.desk.backoff.jitter=0.1",
					"switchboard.supervisors.desk.on-budget-spent=pause", "switchboard.supervisors.plain.parent=/")
			.run((context) -> {
				assertThat(supervisor(context, "desk")).satisfies((desk) -> {
					assertThat(desk.backoff())
						.isEqualTo(new RestartBackoff(Duration.ofSeconds(2), Duration.ofSeconds(30), 3, 0.1));
					assertThat(desk.whenBudgetSpent()).isEqualTo(WhenBudgetSpent.PAUSE);
				});
				assertThat(supervisor(context, "plain")).satisfies((plain) -> {
					assertThat(plain.backoff()).isNull();
					assertThat(plain.whenBudgetSpent()).isEqualTo(WhenBudgetSpent.STOP);
				});
			});
	}

	private static SupervisorSpec supervisor(ApplicationContext context, String name) {
		return system(context).supervisor(AgentPath.ROOT)
			.spec(name)
			.cast(SupervisorSpec.class)
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

	@Test
	void specificationsAreBeansBelowTheRootOrWhereTheyArePlaced() {
		this.runner.withUserConfiguration(Specifications.class)
			.withPropertyValues("switchboard.supervisors.desk.parent=/")
			.run((context) -> assertThat(paths(context)).containsExactly("/", "/desk", "/desk/placed", "/first",
					"/crew", "/crew/writer"));
	}

	@Test
	void askTimeoutComesFromTheProperties() {
		this.runner.withUserConfiguration(EchoAgent.class)
			.withPropertyValues("switchboard.ask-timeout=20ms", "switchboard.agents.echo.shutdown=0s")
			.run((context) -> StepVerifier.create(ask(context, "/echo", "never"))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(AskTimeoutException.class,
						(timeout) -> assertThat(timeout.timeout()).isEqualTo(Duration.ofMillis(20))))
				.verify(LIMIT));
	}

	@Test
	void crashReportsAreKeptAsThePropertiesSay() {
		this.runner.withUserConfiguration(EchoAgent.class)
			.withPropertyValues("switchboard.crash-reports.per-node=1", "switchboard.root.max-restarts=9")
			.run((context) -> {
				for (int i = 0; i < 2; i++) {
					StepVerifier.create(ask(context, "/echo", "overflow")).expectError().verify(LIMIT);
				}
				StepVerifier.create(ask(context, "/echo", "again")).expectNext("again").expectComplete().verify(LIMIT);

				assertThat(system(context).crashReports(AgentPath.of("/echo"))).singleElement()
					.satisfies((report) -> assertThat(report.incarnation()).isEqualTo(2));
			});
	}

	@Test
	void customizersHaveTheLastWord() {
		this.runner.withUserConfiguration(EchoAgent.class)
			.withPropertyValues("switchboard.ask-timeout=1h", "switchboard.agents.echo.shutdown=0s")
			.withBean(AgentSystemBuilderCustomizer.class, () -> (builder) -> builder.askTimeout(Duration.ofMillis(20)))
			.run((context) -> StepVerifier.create(ask(context, "/echo", "never"))
				.expectError(AskTimeoutException.class)
				.verify(LIMIT));
	}

	@Test
	void contentIsHiddenUnlessAllowed() {
		AgentPath path = AgentPath.of("/echo");
		this.runner.run((context) -> assertThat(context.getBean(Sanitizer.class).message(path, "x")).isNull());
		this.runner.withPropertyValues("switchboard.show-content=true")
			.run((context) -> assertThat(context.getBean(Sanitizer.class).message(path, "x")).isEqualTo("x"));
		Sanitizer own = Sanitizer.hiding();
		this.runner.withPropertyValues("switchboard.show-content=true")
			.withBean("own", Sanitizer.class, () -> own)
			.run((context) -> assertThat(context).getBean(Sanitizer.class).isSameAs(own));
	}

	@Test
	void listenersAreToldOfEvents() {
		this.runner.withUserConfiguration(EchoAgent.class, Listener.class)
			.run((context) -> assertThat(context.getBean(Listener.class).events)
				.anySatisfy((event) -> assertThat(event).isInstanceOf(AgentEvent.Started.class)
					.extracting(AgentEvent::path)
					.isEqualTo(AgentPath.of("/echo"))));
	}

	@Test
	void backsOffIfThereIsASystem() {
		AgentSystem own = BDDMockito.mock(AgentSystem.class);

		this.runner.withBean("own", AgentSystem.class, () -> own).run((context) -> {
			assertThat(context).hasNotFailed().getBean(AgentSystem.class).isSameAs(own);
			assertThat(context).doesNotHaveBean(AgentSystemLifecycle.class).doesNotHaveBean(AgentCatalog.class);
		});
	}

	@Test
	void isNotThereWithoutTheRuntime() {
		this.runner.withClassLoader(new FilteredClassLoader(AgentSystem.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AgentCatalog.class));
	}

	private static AgentSystem system(ApplicationContext context) {
		return context.getBean(AgentSystem.class);
	}

	private static List<String> paths(ApplicationContext context) {
		return system(context).tree().walk().map((node) -> node.path().toString()).toList();
	}

	private static Mono<String> ask(ApplicationContext context, String path, String message) {
		return system(context).agent(path, String.class).ask(message, String.class);
	}

	@Agent
	static class EchoAgent {

		@OnMessage
		Mono<String> handle(String message) {
			return switch (message) {
				case "overflow" -> Mono.just(overflow(message));
				case "never" -> Mono.never();
				default -> Mono.just(message);
			};
		}

		private static String overflow(String message) {
			return overflow(message) + message;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Specifications {

		@Bean
		@Order(2)
		ChildSpec crew() {
			return SupervisorSpec.builder("crew").child(spec("writer")).build();
		}

		@Bean
		@Order(1)
		AgentSpec<String> first() {
			return spec("first");
		}

		@Bean
		AgentPlacement placed() {
			return new AgentPlacement("desk", spec("placed"));
		}

		private static AgentSpec<String> spec(String name) {
			return AgentSpec.builder(name, String.class, () -> (message, context) -> Mono.just(message)).build();
		}

	}

	static class Listener implements AgentEventListener {

		private final List<AgentEvent> events = new CopyOnWriteArrayList<>();

		@Override
		public void onEvent(AgentEvent event) {
			this.events.add(event);
		}

	}

}
