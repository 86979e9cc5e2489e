package io.switchboard.autoconfigure.actuate;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnListener;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.chat.ConversationsAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelAgentAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnMetricsAutoConfiguration}.
 */
class TurnMetricsAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TurnMetricsAutoConfiguration.class));

	private final ApplicationContextRunner withAgents = this.runner
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class, ModelAgentAutoConfiguration.class,
				ModelProvidersAutoConfiguration.class, ConversationsAutoConfiguration.class,
				MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean("model", ScriptedChatModel.class,
				() -> ScriptedChatModel.script()
					.answer(" ")
					.answer("Hello.")
					.usage(120, 9)
					.answer("Hello.")
					.usage(80, 3)
					.build())
		.withPropertyValues("switchboard.supervisors.desk.parent=/", "switchboard.agents.support.supervisor=desk",
				"switchboard.agents.support.per-session=true",
				"switchboard.agents.support.instructions=You help customers.");

	@Test
	void turnsAreCountedByTheNameOfTheirAgentAndNotBySession() {
		this.withAgents.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);

			ask(context.getBean(AgentSystem.class), "/desk/support/ann");
			ask(context.getBean(AgentSystem.class), "/desk/support/bob");

			assertThat(registry.get("switchboard.recoveries")
				.tags("agent", "support", "failure", "invalid-output", "rung", "feedback")
				.counter()
				.count()).isEqualTo(1);
			assertThat(tokens(registry, "input")).isEqualTo(200);
			assertThat(tokens(registry, "output")).isEqualTo(12);
			assertThat(registry.get("switchboard.cost").tag("agent", "support").counter().count()).isZero();
			assertThat(registry.get("switchboard.turn")
				.tags("agent", "support", "outcome", "completed", "failure", "none")
				.timer()
				.count()).isEqualTo(2);
			assertThat(registry.get("switchboard.turn.active").tag("agent", "support").longTaskTimer().activeTasks())
				.isZero();
			assertThat(registry.get("switchboard.turn.step.active").tag("kind", "model").longTaskTimer().activeTasks())
				.isZero();
			assertThat(registry.getMeters()).filteredOn((meter) -> meter.getId().getName().startsWith("switchboard"))
				.allSatisfy((meter) -> assertThat(meter.getId().getTags().toString()).doesNotContain("ann", "bob"));
		});
	}

	@Test
	void countersBackOff() {
		TurnCounts own = new TurnCounts();

		this.runner.withBean("own", TurnCounts.class, () -> own)
			.run((context) -> assertThat(context).getBean(TurnListener.class).isSameAs(own));
	}

	@Test
	void metricsAreNotThereWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TurnListener.class));
	}

	@Test
	void metricsAreNotThereWithoutModelAgents() {
		this.runner.withClassLoader(new FilteredClassLoader(TurnListener.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MeterBinder.class));
	}

	private static double tokens(MeterRegistry registry, String direction) {
		return registry.get("switchboard.tokens").tags("agent", "support", "direction", direction).counter().count();
	}

	private static void ask(AgentSystem system, String agent) {
		assertThat(system.agent(agent, TurnRequest.class)
			.ask(new TurnRequest("t-1", "Hello"), TurnEvent.class, LIMIT)
			.block(LIMIT)).isInstanceOf(TurnCompleted.class);
	}

}
