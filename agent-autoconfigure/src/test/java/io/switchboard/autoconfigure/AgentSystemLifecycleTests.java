package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.switchboard.AgentPath;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.annotation.OnStart;
import io.switchboard.annotation.OnStop;
import io.switchboard.autoconfigure.annotated.AnnotatedAgentAutoConfiguration;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.SupervisorStartException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AgentSystemLifecycle}, {@link ShutdownTimeCheck} and
 * {@link AgentEventLog} in a running application.
 */
@ExtendWith(OutputCaptureExtension.class)
class AgentSystemLifecycleTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(AgentSystemAutoConfiguration.class, AnnotatedAgentAutoConfiguration.class))
		.withBean(Store.class);

	@Test
	void agentsStartInOrderAndStopInReverseBeforeTheBeansTheyUse() {
		Store[] store = new Store[1];

		this.runner.withUserConfiguration(First.class, Second.class).run((context) -> {
			store[0] = context.getBean(Store.class);
			assertThat(store[0].lines).containsExactly("start first", "start second");
		});

		assertThat(store[0].lines).containsExactly("start first", "start second", "stop second", "stop first",
				"store closed");
	}

	@Test
	void agentsAreUpBeforeTheWebServerAndStopAfterIt() {
		assertThat(AgentSystemLifecycle.PHASE).isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
			.isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
	}

	@Test
	void aFailedStartFailsTheContextAndStopsWhatHadStarted() {
		Store store = new Store();

		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AgentSystemAutoConfiguration.class, AnnotatedAgentAutoConfiguration.class))
			.withBean(Store.class, () -> store)
			.withUserConfiguration(First.class, FailsToStart.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("no connection")
				.satisfies((root) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining(SupervisorStartException.class.getName())));

		assertThat(store.lines).containsExactly("start first", "stop first", "store closed");
	}

	@Test
	void aFailedStartIsLoggedOnceWhereItHappened(CapturedOutput output) {
		this.runner.withUserConfiguration(FailsToStart.class)
			.withPropertyValues("switchboard.supervisors.desk.parent=/",
					"switchboard.agents.fails-to-start.supervisor=desk")
			.run((context) -> assertThat(output.toString()).containsOnlyOnce("Start failed supervisor=")
				.contains(
						"Start failed supervisor=/desk child=/desk/fails-to-start reason=java.lang.IllegalStateException "));
	}

	@Test
	void theTreeIsPrintedOnce(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class, Second.class)
			.run((context) -> assertThat(output.toString()).containsOnlyOnce("Agents are up:")
				.contains("├─ first [agent, permanent] running", "└─ second [agent, permanent] running"));
	}

	@Test
	void aCrashAndARestartAreOneLineEach(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class).run((context) -> {
			crash(context, "/first");
			awaitIncarnation(context, "/first", 2);

			assertThat(output.toString())
				.containsOnlyOnce("Crashed supervisor=/ child=/first reason=java.lang.IllegalStateException restarts=0 "
						+ "incarnation=1 message=java.lang.String mailbox=0")
				.contains("\tat " + Agents.class.getName() + ".handle")
				.doesNotContain("boom")
				.containsOnlyOnce("Restarted supervisor=/ child=/first reason=crash restarts=1 incarnation=2");
		});
	}

	@Test
	void contentIsLoggedWhereItMayBe(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class)
			.withPropertyValues("switchboard.show-content=true")
			.run((context) -> {
				crash(context, "/first");
				awaitIncarnation(context, "/first", 2);

				assertThat(output.toString()).contains("reason=java.lang.IllegalStateException: boom",
						"message=java.lang.String: boom");
			});
	}

	@Test
	void contentIsLoggedAsTheSanitizerOfTheApplicationRewritesIt(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class)
			.withBean(Sanitizer.class, () -> Sanitizer.rewriting((text) -> text.replace("boom", "****")))
			.run((context) -> {
				crash(context, "/first");
				awaitIncarnation(context, "/first", 2);

				assertThat(output.toString()).contains("reason=java.lang.IllegalStateException: ****")
					.doesNotContain("boom");
			});
	}

	@Test
	void aMessageOfAnotherTypeIsLogged(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class).run((context) -> {
			context.getBean(AgentSystem.class).agent("/first", Object.class).tell(42);

			assertThat(output.toString()).containsOnlyOnce("Message refused, because the agent does not take its type "
					+ "supervisor=/ child=/first message=java.lang.Integer");
		});
	}

	@Test
	void aLongShutdownIsWarnedOfWithBothNumbersAndTheProperty(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class, Second.class)
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=15s")
			.run((context) -> assertThat(output.toString()).contains("may take 20s", "stops waiting after 15s",
					"'spring.lifecycle.timeout-per-shutdown-phase' to 20s or more"));
	}

	@Test
	void aShutdownWithinTheLimitIsNoWarning(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class, Second.class)
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=20s")
			.run((context) -> assertThat(output.toString()).doesNotContain("timeout-per-shutdown-phase"));
	}

	@Test
	void theContextStaysWhenTheRootEndsByItself(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class)
			.withPropertyValues("switchboard.root.max-restarts=0")
			.run((context) -> {
				crash(context, "/first");
				StepVerifier.create(context.getBean(AgentSystem.class).whenTerminated())
					.expectNextCount(1)
					.expectComplete()
					.verify(LIMIT);

				// whoever else waited for the end may hear of it later
				StepVerifier
					.create(Flux.interval(Duration.ofMillis(10))
						.filter((tick) -> output.toString().contains("The root supervisor has ended by itself"))
						.next())
					.expectNextCount(1)
					.expectComplete()
					.verify(LIMIT);
				assertThat(output.toString()).contains("Restart budget spent supervisor=/ child=/first",
						"'switchboard.on-root-exit' to 'close-context'");
				assertThat(context.getSourceApplicationContext(ConfigurableApplicationContext.class).isActive())
					.isTrue();
			});
	}

	@Test
	void theContextClosesWhenTheRootEndsByItselfIfItShall() {
		this.runner.withUserConfiguration(First.class)
			.withPropertyValues("switchboard.root.max-restarts=0", "switchboard.on-root-exit=close-context")
			.run((context) -> {
				crash(context, "/first");

				Awaitility.await()
					.atMost(LIMIT)
					.until(() -> !context.getSourceApplicationContext(ConfigurableApplicationContext.class).isActive());
			});
	}

	@Test
	void closingTheContextIsNoEndByItself(CapturedOutput output) {
		this.runner.withUserConfiguration(First.class).run((context) -> {
		});

		assertThat(output.toString()).doesNotContain("ended by itself");
	}

	@Test
	void aSecondStartIsRefused() {
		this.runner.run((context) -> {
			AgentSystemLifecycle lifecycle = context.getBean(AgentSystemLifecycle.class);
			lifecycle.stop();

			assertThat(lifecycle.isRunning()).isFalse();
			assertThat(lifecycle.isPauseable()).isFalse();
			assertThatIllegalStateException().isThrownBy(lifecycle::start)
				.withMessageContaining("create a new application context");
		});
	}

	private static void crash(ConfigurableApplicationContext context, String path) {
		context.getBean(AgentSystem.class).agent(path, String.class).tell("boom");
	}

	private static void awaitIncarnation(ConfigurableApplicationContext context, String path, long incarnation) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(context.getBean(AgentSystem.class).tree().find(AgentPath.of(path)))
				.satisfies((node) -> {
					assertThat(node).isNotNull();
					assertThat(node.incarnation()).isEqualTo(incarnation);
				}));
	}

	static class Store implements DisposableBean {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@Override
		public void destroy() {
			this.lines.add("store closed");
		}

	}

	abstract static class Agents {

		private final Store store;

		private final String name;

		Agents(Store store, String name) {
			this.store = store;
			this.name = name;
		}

		@OnStart
		void start() {
			this.store.lines.add("start " + this.name);
		}

		@OnMessage
		void handle(String message) {
			throw new IllegalStateException(message);
		}

		@OnStop
		void stop() {
			this.store.lines.add("stop " + this.name);
		}

	}

	@Order(1)
	@Agent
	static class First extends Agents {

		First(Store store) {
			super(store, "first");
		}

	}

	@Order(2)
	@Agent
	static class Second extends Agents {

		Second(Store store) {
			super(store, "second");
		}

	}

	@Order(3)
	@Agent
	static class FailsToStart {

		@OnStart
		void start() {
			throw new IllegalStateException("no connection");
		}

		@OnMessage
		void handle(String message) {
		}

	}

}
