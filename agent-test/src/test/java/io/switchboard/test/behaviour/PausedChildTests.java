package io.switchboard.test.behaviour;

import io.switchboard.AgentExitedException;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Supervisors that live on when their budget is spent, which is not OTP's.
 */
class PausedChildTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	@Test
	void childStaysStoppedUntilSomebodyRestartsIt() {
		try (TestAgentSystem system = start(Strategy.ONE_FOR_ONE)) {
			system.agent("/a").tell(ProbeCommand.hang());
			TestSubscriber<String> waiting = TestSubscriber.create();
			system.agent("/a").ask("waits", String.class).subscribe(waiting);
			system.resultOf(system.system().control(system.agent("/a").path()).kill());

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING);
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
			assertThat(system.tree()).hasNode("/b").withStatus(NodeStatus.RUNNING).withIncarnation(1);
			assertThat(waiting.expectTerminalError()).isInstanceOf(AgentExitedException.class);
			assertThat(system.agent("/a").tell("x")).isEqualTo(SendResult.NO_PROCESS);
			assertThat(system.events().at("/a").of(AgentEvent.RestartPaused.class)).hasSize(1);
			assertThat(system.events().of(AgentEvent.RestartBudgetSpent.class)).hasSize(1);

			system.resultOf(system.supervisor("/").restartChild("a"));
			assertThat(system.resultOf(system.agent("/a").ask("again", String.class))).isEqualTo("again");
		}
	}

	@Test
	void groupStaysStopped() {
		try (TestAgentSystem system = start(Strategy.ONE_FOR_ALL)) {
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.resultOf(system.supervisor("/").counts())).hasToString("2/0/0/2");
			assertThat(system.events().of(AgentEvent.RestartPaused.class)).extracting((event) -> event.path().name())
				.containsExactly("a", "b");
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionDoesNotComeBackByAMessage(BudgetScope scope) {
		DynamicSupervisorSpec dynamic = DynamicSupervisorSpec.builder("d")
			.intensity(Trees.perHour(0))
			.budgetScope(scope)
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.template((id) -> this.probes.agent(id).spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(dynamic))) {
			system.agent("/d/a").tell(ProbeCommand.fail());

			assertThat(system.agent("/d/a").tell("x")).isEqualTo(SendResult.NO_PROCESS);
			assertThat(system.resultOf(system.agent("/d/b").ask("x", String.class))).isEqualTo("x");
			SupervisorRef sessions = system.supervisor("/d");
			assertThat(system.resultOf(sessions.counts())).hasToString("2/1/0/2");

			system.resultOf(sessions.restartChild("a"));
			assertThat(system.resultOf(system.agent("/d/a").ask("x", String.class))).isEqualTo("x");
			system.agent("/d/a").tell(ProbeCommand.fail());
			system.resultOf(sessions.terminateChild("a"));
			assertThat(system.agent("/d/a").tell("x")).as("forgotten, so made anew").isEqualTo(SendResult.ACCEPTED);
		}
	}

	private TestAgentSystem start(Strategy strategy) {
		return TestAgentSystem.start(SupervisorSpec.builder("root")
			.strategy(strategy)
			.intensity(Trees.perHour(0))
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.child(this.a.spec())
			.child(this.b.spec())
			.build());
	}

}
