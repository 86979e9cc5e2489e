package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.registry.Name;
import io.switchboard.registry.Names;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many restarts are normal life, and what follows when they are spent.
 */
class RestartBudgetTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	@Conforms("E1")
	@DisplayName("all children share the budget")
	void childrenShareTheBudget() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()), this.probes);

		system.agent("/a").tell(ProbeCommand.fail());
		assertThat(system.tree()).hasNode("/b").withIncarnation(1);
		system.agent("/b").tell(ProbeCommand.fail());
		assertThat(Trees.counts(system, "/")).isEqualTo("2/2/0/2");
		system.agent("/b").tell(ProbeCommand.fail());

		assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone crash", "b gone crash", "b gone crash",
				"a gone shutdown");
		system.close();
	}

	@Test
	@Conforms("E3")
	@DisplayName("restarts that are far enough apart never end the supervisor")
	void restartsFarApartAreNormalLife() {
		RestartIntensity onePerSecond = new RestartIntensity(1, Duration.ofSeconds(1));
		try (TestAgentSystem system = TestAgentSystem
			.start(SupervisorSpec.builder("root").intensity(onePerSecond).child(this.a.spec()).build())) {
			for (int crash = 0; crash < 4; crash++) {
				system.agent("/a").tell(ProbeCommand.fail());
				system.advance(Duration.ofMillis(2100));
			}

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING);
			assertThat(system.tree()).hasNode("/a").withIncarnation(5).withRestarts(4);
		}
	}

	@ParameterizedTest(name = "{0} apart: ends {1}")
	@CsvSource({ "PT0S, true", "PT4.999S, true", "PT5S, true", "PT5.001S, false", "PT6S, false", "PT1H, false" })
	@Conforms("E6")
	@DisplayName("a restart exactly as old as the period still counts")
	void windowIncludesItsEdge(Duration apart, boolean ends) {
		RestartIntensity oneInFive = new RestartIntensity(1, Duration.ofSeconds(5));
		try (TestAgentSystem system = TestAgentSystem
			.start(SupervisorSpec.builder("root").intensity(oneInFive).child(this.a.spec()).build())) {
			system.advance(Duration.ofMillis(1234));
			system.agent("/a").tell(ProbeCommand.fail());

			system.advance(apart);
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/").withStatus(ends ? NodeStatus.STOPPED : NodeStatus.RUNNING);
		}
	}

	@Test
	void windowSlides() {
		RestartIntensity twoInTen = new RestartIntensity(2, Duration.ofSeconds(10));
		try (TestAgentSystem system = TestAgentSystem
			.start(SupervisorSpec.builder("root").intensity(twoInTen).child(this.a.spec()).build())) {
			system.agent("/a").tell(ProbeCommand.fail());
			system.advance(Duration.ofSeconds(6));
			system.agent("/a").tell(ProbeCommand.fail());
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(2);
			system.advance(Duration.ofSeconds(6));
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(1);
			system.agent("/a").tell(ProbeCommand.fail());
			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING).withRestartsInWindow(2);

			system.advance(Duration.ofSeconds(3));
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
		}
	}

	@Test
	@Conforms("E8")
	@DisplayName("a spent budget ends the supervisor with shutdown, the others stopped in reverse order")
	void spentBudgetEndsTheSupervisorInOrder() {
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ONE, 0, this.a.spec(), this.b.spec(), this.c.spec()), this.probes);
		IllegalStateException bug = new IllegalStateException("bug");

		system.agent("/b").tell(ProbeCommand.fail(bug));

		assertThat(this.probes.lines(ProbeEvent.STOP)).containsExactly("b stop crash", "c stop shutdown",
				"a stop shutdown");
		assertThat(system.resultOf(system.system().whenTerminated())).isInstanceOfSatisfying(ExitReason.Shutdown.class,
				(reason) -> {
					assertThat(reason.detail()).contains("'b'");
					assertThat(reason.cause()).isSameAs(bug);
				});
		assertThat(system.events().of(AgentEvent.RestartBudgetSpent.class)).singleElement().satisfies((spent) -> {
			assertThat(spent.path()).isEqualTo(AgentPath.ROOT);
			assertThat(spent.child()).isEqualTo(AgentPath.of("/b"));
			assertThat(spent.reason().cause()).isSameAs(bug);
			assertThat(spent.maxRestarts()).isZero();
		});
		system.close();
	}

	@Test
	void normalEndsOfPermanentChildrenCount() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ONE, 1, this.a.spec()));
		system.agent("/a").tell(ProbeCommand.end());

		system.agent("/a").tell(ProbeCommand.end());

		assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
		system.close();
	}

	@Test
	@Conforms("E12")
	@DisplayName("intensity 0 allows all that is no restart")
	void onlyAutomaticRestartsCount() {
		AgentSpec<Object> transients = this.a.spec((spec) -> spec.restart(Restart.TRANSIENT));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ONE, 0, transients))) {
			for (int round = 0; round < 3; round++) {
				system.agent("/a").tell(ProbeCommand.end());
				system.resultOf(system.supervisor("/").restartChild("a"));
			}
			system.resultOf(system.supervisor("/").terminateChild("a"));
			system.resultOf(system.supervisor("/").restartChild("a"));
			system.resultOf(system.supervisor("/").startChild(this.b.spec()));

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING).withRestartsInWindow(0);
			assertThat(system.tree()).hasNode("/a").withIncarnation(5).withRestarts(0);
		}
	}

	@Test
	@Conforms("E12")
	void whatStrangersSendASupervisorChangesNothing() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ONE, 0, this.a.spec(), nested().build()))) {
			assertThat(system.agent("/").tell("what is this")).isEqualTo(SendResult.NO_PROCESS);
			assertThat(system.agent("/nested").tell("what is this")).isEqualTo(SendResult.NO_PROCESS);

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING).withRestartsInWindow(0);
			assertThat(system.tree()).hasNode("/nested").withIncarnation(1).withRestartsInWindow(0);
			assertThat(system.events().of(AgentEvent.DeadLetter.class)).hasSize(2);
		}
	}

	@Test
	@Conforms("E10")
	void childThatComesBackBeginsAgainUnderItsName() {
		List<String> given = List.of("hello", "world");
		AgentSpec<Object> stack = AgentSpec.builder("stack", Object.class, () -> new Stack(given))
			.registeredAs("my stack")
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(stack))) {
			Names names = system.system().registry().names();
			assertThat(system.resultOf(system.agent("/stack").ask("pop", String.class))).isEqualTo("hello");
			Name before = names.whereIs("my stack");

			system.resultOf(system.agent("/stack").ask("stop", String.class));

			assertThat(system.resultOf(system.agent("/stack").ask("pop", String.class))).isEqualTo("hello");
			assertThat(system.tree()).hasNode("/stack").withIncarnation(2);
			assertThat(names.whereIs("my stack")).isNotNull().isEqualTo(before);
		}
	}

	@ParameterizedTest(name = "{0} -> {1}")
	@CsvSource({ "PERMANENT, RUNNING", "TRANSIENT, STOPPED" })
	void parentDecidesAboutASupervisorThatGaveUp(Restart restart, NodeStatus status) {
		SupervisorSpec nested = nested().restart(restart).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested, this.c.spec()), this.probes)) {
			this.probes.clear();

			system.agent("/nested/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/nested").withStatus(status);
			assertThat(system.tree()).hasNode("/nested/b").withStatus(status);
			assertThat(system.tree()).hasNode("/c").withIncarnation(1);
			assertThat(this.probes.lines(ProbeEvent.STOP)).containsExactly("a stop crash", "b stop shutdown");
		}
	}

	@Test
	void parentForgetsATemporarySupervisorThatGaveUp() {
		SupervisorSpec nested = nested().restart(Restart.TEMPORARY).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested))) {
			system.agent("/nested/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNoNode("/nested");
			assertThat(system.failureOf(system.agent("/nested/b").ask("x", String.class)))
				.hasMessageContaining("NO_PROCESS");
		}
	}

	@Test
	void supervisorThatComesBackHasAFreshBudgetAndKeepsTheCounts() {
		SupervisorSpec nested = nested().intensity(Trees.perHour(1)).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested))) {
			system.agent("/nested/a").tell(ProbeCommand.fail());
			assertThat(system.tree()).hasNode("/nested").withRestartsInWindow(1);

			system.agent("/nested/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/nested")
				.withStatus(NodeStatus.RUNNING)
				.withIncarnation(2)
				.withRestarts(1)
				.withRestartsInWindow(0);
			assertThat(system.tree()).hasNode("/nested/a").withIncarnation(3).withRestarts(2);
			assertThat(system.tree()).hasNode("/nested/b").withIncarnation(2).withRestarts(1);
			assertThat(system.resultOf(system.agent("/nested/a").ask("back", String.class))).isEqualTo("back");
		}
	}

	@Test
	void failureClimbsLevelByLevel() {
		SupervisorSpec inner = nested().build();
		SupervisorSpec outer = SupervisorSpec.builder("outer").intensity(Trees.perHour(1)).child(inner).build();
		TestAgentSystem system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ONE, 0, outer), this.probes);
		system.agent("/outer/nested/a").tell(ProbeCommand.fail());
		assertThat(system.tree()).hasNode("/outer").withStatus(NodeStatus.RUNNING).withIncarnation(1);
		assertThat(system.tree()).hasNode("/outer/nested").withStatus(NodeStatus.RUNNING).withIncarnation(2);

		system.agent("/outer/nested/a").tell(ProbeCommand.fail());

		assertThat(system.resultOf(system.system().whenTerminated())).isInstanceOfSatisfying(ExitReason.Shutdown.class,
				(reason) -> assertThat(reason.detail()).contains("outer"));
		system.close();
	}

	private SupervisorSpec.Builder nested() {
		return SupervisorSpec.builder("nested").intensity(Trees.perHour(0)).child(this.a.spec()).child(this.b.spec());
	}

	/**
	 * Loses an element with each message.
	 */
	private static final class Stack implements Behaviour<Object> {

		private final Deque<String> elements;

		private Stack(List<String> elements) {
			this.elements = new ArrayDeque<>(elements);
		}

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			if (message.equals("stop")) {
				context.stop();
				return Mono.just("stopped");
			}
			return Mono.just(this.elements.pop());
		}

	}

}
