package io.switchboard.test.behaviour;

import java.time.Duration;

import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
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
import org.junit.jupiter.params.provider.EnumSource;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restarts that touch more children than the one that ended.
 */
class GroupRestartTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	@Conforms("F1")
	@DisplayName("one_for_all makes all new, costs one restart, and ends when the budget is spent")
	void oneForAllSharesFateAndBudget() {
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ALL, 2, this.a.spec(), this.b.spec()), this.probes);

		system.agent("/a").tell(ProbeCommand.fail());
		assertThat(system.tree()).hasNode("/a").withIncarnation(2).withRestarts(1);
		assertThat(system.tree()).hasNode("/b").withIncarnation(2).withRestarts(1).withLastExit(ExitReason.shutdown());
		assertThat(system.tree()).hasNode("/").withRestartsInWindow(1);
		system.agent("/b").tell(ProbeCommand.fail());
		assertThat(system.tree()).hasNode("/a").withIncarnation(3);
		assertThat(system.tree()).hasNode("/b").withIncarnation(3);
		system.agent("/a").tell(ProbeCommand.fail());

		assertThat(system.resultOf(system.system().whenTerminated())).isInstanceOf(ExitReason.Shutdown.class);
		system.close();
	}

	@Test
	@Conforms("F2")
	@DisplayName("one_for_all stops in reverse order, then starts in order")
	void oneForAllStopsBackwardsAndStartsForwards() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ALL, 2, this.a.spec(), this.b.spec(), this.c.spec()), this.probes)) {
			this.probes.clear();

			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(this.probes.lines()).containsExactly("a message fail", "a stop crash", "a gone crash",
					"c stop shutdown", "c gone shutdown", "b stop shutdown", "b gone shutdown", "a start", "a started",
					"b start", "b started", "c start", "c started");
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(value = Strategy.class, names = { "ONE_FOR_ALL", "REST_FOR_ONE" })
	@Conforms({ "F3", "G3" })
	@DisplayName("a member of the group that cannot start again ends the supervisor")
	void memberThatCannotStartEndsTheSupervisor(Strategy strategy) {
		this.b.fromStart(2, StartAnswer.ERROR);
		TestAgentSystem system = TestAgentSystem.start(Trees.root(strategy, 4, this.a.spec(), this.b.spec()),
				this.probes);

		system.agent("/a").tell(ProbeCommand.fail());

		assertThat(system.resultOf(system.system().whenTerminated())).isInstanceOf(ExitReason.Shutdown.class);
		assertThat(this.b.attempts()).isEqualTo(1 + 4);
		system.close();
	}

	@Test
	@Conforms("F5")
	@DisplayName("one_for_all retries the whole group, and each retry costs one restart")
	void oneForAllRetriesTheWholeGroup() {
		this.b.onStart(2, StartAnswer.ERROR).onStart(3, StartAnswer.ERROR);
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ALL, 3, this.a.spec(), this.b.spec(), this.c.spec()), this.probes)) {
			this.probes.clear();

			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(this.probes.lines(ProbeEvent.START, ProbeEvent.STOP)).containsExactly("a stop crash",
					"c stop shutdown", "b stop shutdown", "a start", "b start", "a stop shutdown", "a start", "b start",
					"a stop shutdown", "a start", "b start", "c start");
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(3);
			assertThat(Trees.counts(system, "/")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	void restForOneRetriesTheFailedOneAndThoseAfterIt() {
		this.b.onStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.REST_FOR_ONE, 3, this.a.spec(), this.b.spec(), this.c.spec()), this.probes)) {
			this.probes.clear();

			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(this.probes.lines(ProbeEvent.START, ProbeEvent.STOP)).containsExactly("a stop crash",
					"c stop shutdown", "b stop shutdown", "a start", "b start", "b start", "c start");
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(2);
		}
	}

	@Test
	@Conforms("G1")
	@DisplayName("rest_for_one leaves earlier children alone")
	void restForOneTouchesLaterChildrenOnly() {
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.REST_FOR_ONE, 2, this.a.spec(), this.b.spec(), this.c.spec()), this.probes);

		system.agent("/b").tell(ProbeCommand.fail());
		assertThat(system.tree()).hasNode("/a").withIncarnation(1);
		assertThat(system.tree()).hasNode("/b").withIncarnation(2);
		assertThat(system.tree()).hasNode("/c").withIncarnation(2);
		assertThat(Trees.counts(system, "/")).isEqualTo("3/3/0/3");
		system.agent("/c").tell(ProbeCommand.fail());
		assertThat(system.tree()).hasNode("/b").withIncarnation(2);
		assertThat(system.tree()).hasNode("/c").withIncarnation(3);
		system.agent("/b").tell(ProbeCommand.fail());

		assertThat(system.resultOf(system.system().whenTerminated())).isInstanceOf(ExitReason.Shutdown.class);
		system.close();
	}

	@Test
	@Conforms("G2")
	@DisplayName("rest_for_one stops later children in reverse order and starts them in order")
	void restForOneKeepsTheOrder() {
		AgentProbe d = this.probes.agent("d");
		AgentProbe e = this.probes.agent("e");
		try (TestAgentSystem system = TestAgentSystem.start(
				Trees.root(Strategy.REST_FOR_ONE, 2, this.a.spec(), this.b.spec(), this.c.spec(), d.spec(), e.spec()),
				this.probes)) {
			this.probes.clear();

			system.agent("/c").tell(ProbeCommand.fail());

			assertThat(this.probes.lines(ProbeEvent.START, ProbeEvent.STOP)).containsExactly("c stop crash",
					"e stop shutdown", "d stop shutdown", "c start", "d start", "e start");
			this.probes.clear();
		}

		assertThat(this.probes.lines(ProbeEvent.STOP)).containsExactly("e stop shutdown", "d stop shutdown",
				"c stop shutdown", "b stop shutdown", "a stop shutdown");
	}

	@Test
	void oneForAllBringsBackStoppedChildren() {
		AgentSpec<Object> finished = this.b.spec((spec) -> spec.restart(Restart.TRANSIENT));
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ALL, 2, this.a.spec(), finished, this.c.spec()), this.probes)) {
			system.agent("/b").tell(ProbeCommand.end());
			system.resultOf(system.supervisor("/").terminateChild("a"));
			assertThat(Trees.counts(system, "/")).isEqualTo("3/1/0/3");

			system.agent("/c").tell(ProbeCommand.fail());

			assertThat(Trees.counts(system, "/")).isEqualTo("3/3/0/3");
			assertThat(system.resultOf(system.agent("/a").ask("back", String.class))).isEqualTo("back");
		}
	}

	@Test
	void restForOneBringsBackLaterStoppedChildrenOnly() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.REST_FOR_ONE, 2, this.a.spec(), this.b.spec(), this.c.spec()), this.probes)) {
			system.resultOf(system.supervisor("/").terminateChild("a"));
			system.resultOf(system.supervisor("/").terminateChild("c"));

			system.agent("/b").tell(ProbeCommand.fail());

			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.STOPPED);
			assertThat(Trees.status(system, "/c")).isEqualTo(NodeStatus.RUNNING);
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(value = Strategy.class, names = { "ONE_FOR_ALL", "REST_FOR_ONE" })
	void groupRestartForgetsTemporaryMembers(Strategy strategy) {
		AgentSpec<Object> temporary = this.b.spec((spec) -> spec.restart(Restart.TEMPORARY));
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(strategy, 2, this.a.spec(), temporary, this.c.spec()), this.probes)) {

			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasChildren("/", "a", "c");
			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone crash", "c gone shutdown",
					"b gone shutdown");
			assertThat(system.events().at("/b").of(AgentEvent.Stopped.class)).hasSize(1);
		}
	}

	@Test
	void memberThatEndsWhileTheGroupStopsIsNotCounted() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ALL, 1, this.a.spec(), this.b.spec(), this.c.spec()), this.probes)) {
			system.agent("/c").tell(ProbeCommand.refuseToStop());
			system.agent("/a").tell(ProbeCommand.fail());
			assertThat(Trees.status(system, "/c")).isEqualTo(NodeStatus.STOPPING);

			system.agent("/b").tell(ProbeCommand.fail());
			system.advance(Duration.ofSeconds(5));

			assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING).withRestartsInWindow(1);
			assertThat(Trees.counts(system, "/")).isEqualTo("3/3/0/3");
			assertThat(system.tree()).hasNode("/b").withIncarnation(2);
		}
	}

}
