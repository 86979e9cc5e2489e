package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Supervisors that end when their significant children have ended.
 */
class SignificantChildTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@ParameterizedTest(name = "{0}, {1}, {2}")
	@MethodSource("insignificantEnds")
	@Conforms({ "J1", "J2" })
	@DisplayName("the end of a child that is not significant ends nobody else")
	void insignificantChildEndsNobodyElse(AutoShutdown mode, Restart restart, String end) {
		AgentSpec<Object> spec = this.a.spec((settings) -> settings.restart(restart));
		try (TestAgentSystem system = TestAgentSystem.start(root(mode, spec, this.b.spec()))) {
			end(system, "a", end);

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING);
			assertThat(system.tree()).hasNode("/b").withIncarnation(1);
			boolean restarted = restart == Restart.TRANSIENT && List.of("crash", "kill").contains(end);
			assertThat(this.a.attempts()).isEqualTo(restarted ? 2 : 1);
		}
	}

	@ParameterizedTest(name = "{0} -> ends {1}")
	@CsvSource({ "terminate, false", "kill, true", "crash, true", "normal, true", "shutdown, true" })
	@Conforms("J3")
	@DisplayName("any significant temporary child that ends by itself ends the supervisor")
	void significantTemporaryChildEndsTheSupervisor(String end, boolean ends) {
		try (TestAgentSystem system = TestAgentSystem.start(root(AutoShutdown.ANY_SIGNIFICANT, this.a.spec(),
				significant(this.b, Restart.TEMPORARY), this.c.spec()), this.probes)) {
			this.probes.clear();

			end(system, "b", end);

			assertThat(system.tree()).hasNode("/").withStatus(ends ? NodeStatus.STOPPED : NodeStatus.RUNNING);
			assertThat(this.probes.lines(ProbeEvent.GONE)).hasSize(ends ? 3 : 1);
			if (ends) {
				assertThat(system.resultOf(system.system().whenTerminated())).isEqualTo(ExitReason.shutdown());
				assertThat(this.probes.lines(ProbeEvent.GONE)).endsWith("c gone shutdown", "a gone shutdown");
			}
		}
	}

	@ParameterizedTest(name = "{0} -> ends {1}")
	@CsvSource({ "terminate, false", "kill, false", "crash, false", "normal, true", "shutdown, true" })
	void significantTransientChildEndsTheSupervisorWhenItEndsWell(String end, boolean ends) {
		try (TestAgentSystem system = TestAgentSystem
			.start(root(AutoShutdown.ANY_SIGNIFICANT, significant(this.a, Restart.TRANSIENT), this.b.spec()))) {
			end(system, "a", end);

			assertThat(system.tree()).hasNode("/").withStatus(ends ? NodeStatus.STOPPED : NodeStatus.RUNNING);
		}
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "TEMPORARY, kill", "TEMPORARY, crash", "TEMPORARY, normal", "TRANSIENT, normal",
			"TRANSIENT, shutdown" })
	@Conforms({ "J4", "J6" })
	@DisplayName("the last significant child ends the supervisor")
	void lastSignificantChildEndsTheSupervisor(Restart restart, String end) {
		try (TestAgentSystem system = TestAgentSystem.start(root(AutoShutdown.ALL_SIGNIFICANT,
				significant(this.a, restart), significant(this.b, restart), this.c.spec()))) {
			end(system, "a", end);
			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING);

			end(system, "b", end);

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
		}
	}

	@Test
	void significantChildThatIsRestartingHoldsTheSupervisorOpen() {
		this.b.onStart(2, StartAnswer.HANG);
		try (TestAgentSystem system = TestAgentSystem.start(root(AutoShutdown.ALL_SIGNIFICANT,
				significant(this.a, Restart.TRANSIENT), significant(this.b, Restart.TRANSIENT)))) {
			end(system, "b", "crash");
			end(system, "a", "normal");

			this.b.releaseStart();

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING);
			assertThat(system.tree()).hasNode("/b").withStatus(NodeStatus.RUNNING);
		}
	}

	@Test
	void significantChildStoppedByHandDoesNotHoldTheSupervisorOpen() {
		try (TestAgentSystem system = TestAgentSystem.start(root(AutoShutdown.ALL_SIGNIFICANT,
				significant(this.a, Restart.TRANSIENT), significant(this.b, Restart.TRANSIENT)))) {
			end(system, "a", "terminate");
			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING);

			end(system, "b", "normal");

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
		}
	}

	@Test
	void groupRestartOfASignificantTemporaryChildEndsNobody() {
		SupervisorSpec root = SupervisorSpec.builder("root")
			.strategy(Strategy.ONE_FOR_ALL)
			.autoShutdown(AutoShutdown.ANY_SIGNIFICANT)
			.child(this.a.spec())
			.child(significant(this.b, Restart.TEMPORARY))
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(root)) {
			end(system, "a", "crash");

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING);
			assertThat(system.tree()).hasChildren("/", "a");
		}
	}

	@Test
	@Conforms("J9")
	@DisplayName("a significant child is refused where it means nothing")
	void significantChildIsRefusedWhereItMeansNothing() {
		SupervisorSpec nested = SupervisorSpec.builder("static").build();
		DynamicSupervisorSpec dynamic = DynamicSupervisorSpec.builder("dynamic").build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested, dynamic))) {
			AgentSpec<Object> spec = significant(this.a, Restart.TRANSIENT);

			assertThat(Trees.problemOf(system, system.supervisor("/static").startChild(spec)))
				.isEqualTo(Problem.SIGNIFICANT);
			assertThat(Trees.problemOf(system, system.supervisor("/dynamic").startChild(spec)))
				.isEqualTo(Problem.SIGNIFICANT);
			assertThat(this.a.attempts()).isZero();
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(value = AutoShutdown.class, names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
	@Conforms("J11")
	@DisplayName("the others are stopped in reverse order, and the supervisor ends with shutdown")
	void othersAreStoppedInReverseOrder(AutoShutdown mode) {
		SupervisorSpec crew = SupervisorSpec.builder("crew")
			.autoShutdown(mode)
			.restart(Restart.TEMPORARY)
			.child(this.a.spec())
			.child(significant(this.b, Restart.TRANSIENT))
			.child(this.c.spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(crew), this.probes)) {
			this.probes.clear();

			system.agent("/crew/b").tell(ProbeCommand.shutdown("done"));

			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("b gone shutdown", "c gone shutdown",
					"a gone shutdown");
			assertThat(system.events().at("/crew").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.shutdown()));
			assertThat(system.tree()).hasNoNode("/crew");
		}
	}

	@Test
	void significantSupervisorEndsTheOneAbove() {
		SupervisorSpec inner = SupervisorSpec.builder("inner")
			.restart(Restart.TEMPORARY)
			.significant(true)
			.intensity(Trees.perHour(0))
			.child(this.b.spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(root(AutoShutdown.ANY_SIGNIFICANT, this.a.spec(), inner))) {
			system.agent("/inner/b").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
		}
	}

	static Stream<Arguments> insignificantEnds() {
		List<Arguments> cases = new ArrayList<>();
		for (AutoShutdown mode : AutoShutdown.values()) {
			for (String end : List.of("terminate", "kill", "crash", "normal", "shutdown")) {
				cases.add(Arguments.of(mode, Restart.TEMPORARY, end));
				cases.add(Arguments.of(mode, Restart.TRANSIENT, end));
			}
		}
		return cases.stream();
	}

	private static void end(TestAgentSystem system, String name, String end) {
		switch (end) {
			case "terminate" -> system.resultOf(system.supervisor("/").terminateChild(name));
			case "kill" -> system.resultOf(system.system().control(AgentPath.of("/" + name)).kill());
			case "crash" -> system.agent("/" + name).tell(ProbeCommand.fail());
			case "normal" -> system.agent("/" + name).tell(ProbeCommand.end());
			case "shutdown" -> system.agent("/" + name).tell(ProbeCommand.shutdown("x"));
			default -> throw new IllegalArgumentException(end);
		}
	}

	private static AgentSpec<Object> significant(AgentProbe probe, Restart restart) {
		return probe.spec((spec) -> spec.restart(restart).significant(true));
	}

	private static SupervisorSpec root(AutoShutdown mode, ChildSpec... children) {
		return SupervisorSpec.builder("root")
			.autoShutdown(mode)
			.intensity(Trees.perHour(5))
			.children(List.of(children))
			.build();
	}

}
