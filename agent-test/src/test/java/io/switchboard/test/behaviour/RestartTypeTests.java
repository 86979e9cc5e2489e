package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows when a child ends by itself, by strategy, restart type and exit reason.
 */
class RestartTypeTests {

	private final Probes probes = new Probes();

	private final AgentProbe before = this.probes.agent("before");

	private final AgentProbe subject = this.probes.agent("subject");

	private final AgentProbe after = this.probes.agent("after");

	@ParameterizedTest(name = "{0}, {1}, {2} -> {3}")
	@MethodSource("cases")
	@Conforms({ "D1", "D2", "D3", "D4", "D5", "D6", "D7", "F2", "G1" })
	@DisplayName("strategy x restart type x exit reason")
	void endOfAChild(Strategy strategy, Restart restart, End end, Outcome outcome) {
		AgentSpec<Object> spec = this.subject.spec((settings) -> settings.restart(restart));
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(strategy, 2, this.before.spec(), spec, this.after.spec()), this.probes)) {
			this.probes.clear();

			end.bringAbout(system, "/subject");

			assertThat(this.probes.lines(ProbeEvent.GONE)).first().isEqualTo("subject gone " + end.kind);
			assertThat(this.probes.lines(ProbeEvent.START))
				.containsExactlyElementsOf((outcome == Outcome.RESTARTED) ? started(strategy) : List.of());
			assertThat(this.probes.lines(ProbeEvent.STOP)).filteredOn((line) -> line.endsWith("shutdown"))
				.filteredOn((line) -> !line.startsWith("subject"))
				.containsExactlyElementsOf((outcome == Outcome.RESTARTED) ? stopped(strategy) : List.of());
			assertThat(Trees.counts(system, "/")).isEqualTo(outcome.counts);
		}
	}

	@ParameterizedTest(name = "{1}, {2} -> {3}")
	@MethodSource("dynamicCases")
	@Conforms("K10")
	@DisplayName("restart type x exit reason below a dynamic supervisor")
	void endOfADynamicChild(Strategy strategy, Restart restart, End end, Outcome outcome) {
		DynamicSupervisorSpec dynamic = DynamicSupervisorSpec.builder("dynamic").build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(dynamic), this.probes)) {
			AgentSpec<Object> spec = this.subject.spec((settings) -> settings.restart(restart));
			system.resultOf(system.supervisor("/dynamic").startChild(spec));

			end.bringAbout(system, "/dynamic/subject");

			assertThat(Trees.counts(system, "/dynamic"))
				.isEqualTo((outcome == Outcome.RESTARTED) ? "1/1/0/1" : "0/0/0/0");
			assertThat(this.subject.attempts()).isEqualTo((outcome == Outcome.RESTARTED) ? 2 : 1);
		}
	}

	@Test
	@Conforms("D5")
	@DisplayName("a transient child that ended can be started by hand and end again")
	void transientChildCanBeStartedByHand() {
		AgentSpec<Object> spec = this.subject.spec((settings) -> settings.restart(Restart.TRANSIENT));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			system.agent("/subject").tell(ProbeCommand.shutdown());
			assertThat(system.tree()).hasNode("/subject").withStatus(NodeStatus.STOPPED);

			system.resultOf(system.supervisor("/").restartChild("subject"));
			assertThat(system.tree()).hasNode("/subject")
				.withStatus(NodeStatus.RUNNING)
				.withIncarnation(2)
				.withRestarts(0);
			system.agent("/subject").tell(ProbeCommand.shutdown("x"));

			assertThat(system.tree()).hasNode("/subject").withStatus(NodeStatus.STOPPED).withRestarts(0);
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@Conforms({ "D1", "D2", "D3" })
	void permanentChildIsReplacedWhateverItsEnd(End end) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.subject.spec()))) {
			end.bringAbout(system, "/subject");
			end.bringAbout(system, "/subject");

			assertThat(system.tree()).hasNode("/subject").withIncarnation(3).withRestarts(2);
			assertThat(Trees.counts(system, "/")).isEqualTo("1/1/0/1");
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@Conforms({ "D4", "D5", "D6" })
	void transientChildIsReplacedAfterAFailureOnly(End end) {
		AgentSpec<Object> spec = this.subject.spec((settings) -> settings.restart(Restart.TRANSIENT));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			end.bringAbout(system, "/subject");

			assertThat(system.tree()).hasNode("/subject").withIncarnation(end.failure ? 2 : 1);
			assertThat(Trees.counts(system, "/")).isEqualTo(end.failure ? "1/1/0/1" : "1/0/0/1");
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@Conforms("D7")
	@DisplayName("a temporary child that ended can be added again")
	void temporaryChildCanBeAddedAgain(End end) {
		AgentSpec<Object> spec = this.subject.spec((settings) -> settings.restart(Restart.TEMPORARY));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			end.bringAbout(system, "/subject");
			assertThat(Trees.counts(system, "/")).isEqualTo("0/0/0/0");
			assertThat(this.subject.attempts()).isOne();

			system.resultOf(system.supervisor("/").startChild(spec));

			assertThat(Trees.counts(system, "/")).isEqualTo("1/1/0/1");
			assertThat(system.resultOf(system.agent("/subject").ask("hello", String.class))).isEqualTo("hello");
		}
	}

	static Stream<Arguments> cases() {
		List<Arguments> cases = new ArrayList<>();
		for (Strategy strategy : Strategy.values()) {
			for (End end : End.values()) {
				cases.add(Arguments.of(strategy, Restart.PERMANENT, end, Outcome.RESTARTED));
				cases.add(Arguments.of(strategy, Restart.TRANSIENT, end,
						end.failure ? Outcome.RESTARTED : Outcome.STOPPED));
				cases.add(Arguments.of(strategy, Restart.TEMPORARY, end, Outcome.FORGOTTEN));
			}
		}
		return cases.stream();
	}

	static Stream<Arguments> dynamicCases() {
		return cases().filter((arguments) -> arguments.get()[0] == Strategy.ONE_FOR_ONE);
	}

	private static List<String> started(Strategy strategy) {
		return switch (strategy) {
			case ONE_FOR_ONE -> List.of("subject start");
			case ONE_FOR_ALL -> List.of("before start", "subject start", "after start");
			case REST_FOR_ONE -> List.of("subject start", "after start");
		};
	}

	private static List<String> stopped(Strategy strategy) {
		return switch (strategy) {
			case ONE_FOR_ONE -> List.of();
			case ONE_FOR_ALL -> List.of("after stop shutdown", "before stop shutdown");
			case REST_FOR_ONE -> List.of("after stop shutdown");
		};
	}

	enum End {

		NORMAL("normal", false), SHUTDOWN("shutdown", false), SHUTDOWN_DETAIL("shutdown", false), CRASH("crash", true),
		KILL("killed", true);

		final String kind;

		final boolean failure;

		End(String kind, boolean failure) {
			this.kind = kind;
			this.failure = failure;
		}

		void bringAbout(TestAgentSystem system, String path) {
			switch (this) {
				case NORMAL -> system.agent(path).tell(ProbeCommand.end());
				case SHUTDOWN -> system.agent(path).tell(ProbeCommand.shutdown());
				case SHUTDOWN_DETAIL -> system.agent(path).tell(ProbeCommand.shutdown("x"));
				case CRASH -> system.agent(path).tell(ProbeCommand.fail());
				case KILL -> system.resultOf(system.system().control(AgentPath.of(path)).kill());
			}
		}

	}

	enum Outcome {

		RESTARTED("3/3/0/3"), STOPPED("3/2/0/3"), FORGOTTEN("2/2/0/2");

		final String counts;

		Outcome(String counts) {
			this.counts = counts;
		}

	}

}
