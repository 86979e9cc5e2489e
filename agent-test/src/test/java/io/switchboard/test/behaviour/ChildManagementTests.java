package io.switchboard.test.behaviour;

import java.time.Duration;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.StartedChild;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.runtime.SupervisorStartException;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a static supervisor answers to those who manage its children.
 */
class ChildManagementTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	void startChildAddsARunningChild() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			StartedChild started = system.resultOf(system.supervisor("/").startChild(this.b.spec()));

			assertThat(started).isEqualTo(new StartedChild(AgentPath.of("/b"), 1, null));
			assertThat(system.tree()).hasChildren("/", "a", "b");
			assertThat(system.resultOf(system.agent("/b").ask("hello", String.class))).isEqualTo("hello");
		}
	}

	@Test
	void nothingHappensBeforeSubscription() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			Mono<StartedChild> start = system.supervisor("/").startChild(this.b.spec());
			Mono<Void> stop = system.supervisor("/").terminateChild("a");

			assertThat(Trees.counts(system, "/")).isEqualTo("1/1/0/1");
			system.resultOf(stop);
			system.resultOf(start);
			assertThat(Trees.counts(system, "/")).isEqualTo("2/1/0/2");
		}
	}

	@Test
	@Conforms("C1")
	@DisplayName("start_child with an id that runs")
	void startChildOfARunningOneIsRefused() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			assertThat(system.failureOf(system.supervisor("/").startChild(this.a.spec())))
				.isInstanceOfSatisfying(ChildOperationException.class, (ex) -> {
					assertThat(ex.problem()).isEqualTo(Problem.ALREADY_STARTED);
					assertThat(ex.child()).hasToString("/a");
					assertThat(ex.spec()).isNull();
				});
			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
		}
	}

	@Test
	@Conforms("C2")
	@DisplayName("terminate_child, twice")
	void terminateChildIsIdempotent() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()), this.probes)) {
			system.resultOf(system.supervisor("/").terminateChild("a"));
			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone shutdown");
			assertThat(Trees.counts(system, "/")).isEqualTo("1/0/0/1");
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED).withLastExit(ExitReason.shutdown());
		}
	}

	@Test
	void terminateForgetsATemporaryChild() {
		AgentSpec<Object> temporary = this.a.spec((spec) -> spec.restart(Restart.TEMPORARY));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(temporary))) {
			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertThat(Trees.counts(system, "/")).isEqualTo("0/0/0/0");
			assertThat(Trees.problemOf(system, system.supervisor("/").terminateChild("a")))
				.isEqualTo(Problem.NOT_FOUND);
		}
	}

	@Test
	@Conforms("C3")
	@DisplayName("start_child with an id that is stopped")
	void startChildOfAStoppedOneIsRefused() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertThat(Trees.problemOf(system, system.supervisor("/").startChild(this.a.spec())))
				.isEqualTo(Problem.ALREADY_PRESENT);
		}
	}

	@Test
	@Conforms("C4")
	@DisplayName("restart_child on stopped, running, unknown")
	void restartChildStartsAStoppedOne() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			SupervisorRef root = system.supervisor("/");
			system.resultOf(root.terminateChild("a"));

			system.resultOf(root.restartChild("a"));

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2).withRestarts(0);
			assertThat(Trees.problemOf(system, root.restartChild("a"))).isEqualTo(Problem.RUNNING);
			assertThat(Trees.problemOf(system, root.restartChild("x"))).isEqualTo(Problem.NOT_FOUND);
		}
	}

	@Test
	@Conforms("C5")
	@DisplayName("delete_child on running, stopped, unknown; then restart_child")
	void deleteChildForgetsAStoppedOne() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			SupervisorRef root = system.supervisor("/");
			assertThat(Trees.problemOf(system, root.deleteChild("a"))).isEqualTo(Problem.RUNNING);
			system.resultOf(root.terminateChild("a"));

			system.resultOf(root.deleteChild("a"));

			assertThat(Trees.counts(system, "/")).isEqualTo("0/0/0/0");
			assertThat(Trees.problemOf(system, root.deleteChild("a"))).isEqualTo(Problem.NOT_FOUND);
			assertThat(Trees.problemOf(system, root.restartChild("a"))).isEqualTo(Problem.NOT_FOUND);
			system.resultOf(root.startChild(this.a.spec()));
			assertThat(Trees.counts(system, "/")).isEqualTo("1/1/0/1");
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "/nobody", "/a", "/stopped", "/stopped/below" })
	@Conforms("C6")
	@DisplayName("calls to a supervisor that does not exist")
	void callsToNobodyFail(String path) {
		SupervisorSpec stopped = SupervisorSpec.builder("stopped")
			.child(SupervisorSpec.builder("below").build())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), stopped))) {
			system.resultOf(system.supervisor("/").terminateChild("stopped"));
			SupervisorRef nobody = system.supervisor(path);

			assertThat(Trees.problemOf(system, nobody.startChild(this.b.spec()))).isEqualTo(Problem.NO_PROCESS);
			assertThat(Trees.problemOf(system, nobody.terminateChild("b"))).isEqualTo(Problem.NO_PROCESS);
			assertThat(Trees.problemOf(system, nobody.restartChild("b"))).isEqualTo(Problem.NO_PROCESS);
			assertThat(Trees.problemOf(system, nobody.deleteChild("b"))).isEqualTo(Problem.NO_PROCESS);
		}
	}

	@Test
	void callsToAnEndedSystemFail() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()));
		system.close();

		assertThat(Trees.problemOf(system, system.supervisor("/").startChild(this.b.spec())))
			.isEqualTo(Problem.NO_PROCESS);
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(value = StartAnswer.class, names = { "ERROR", "THROW" })
	@Conforms("C8")
	@DisplayName("start_child whose start fails stores nothing")
	void failedStartOfANewChildStoresNothing(StartAnswer answer) {
		this.b.onStart(1, answer);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			AgentSpec<Object> spec = this.b.spec();
			Throwable failure = system.failureOf(system.supervisor("/").startChild(spec));

			assertThat(failure).isInstanceOfSatisfying(ChildOperationException.class, (ex) -> {
				assertThat(ex.problem()).isEqualTo(Problem.START_FAILED);
				assertThat(ex.child()).hasToString("/b");
				assertThat(ex.spec()).isSameAs(spec);
				assertThat(ex).hasCauseInstanceOf(ProbeFailure.class);
			});
			assertThat(system.tree()).hasChildren("/", "a");
			system.resultOf(system.supervisor("/").startChild(spec));
			assertThat(system.tree()).hasNode("/b").withStatus(NodeStatus.RUNNING);
		}
	}

	@Test
	void failedStartOfANewSupervisorNamesTheChildBelow() {
		this.b.onStart(1, StartAnswer.ERROR);
		SupervisorSpec nested = SupervisorSpec.builder("nested").child(this.c.spec()).child(this.b.spec()).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()), this.probes)) {
			Throwable failure = system.failureOf(system.supervisor("/").startChild(nested));

			assertThat(failure.getCause()).isInstanceOfSatisfying(SupervisorStartException.class,
					(ex) -> assertThat(ex.child()).hasToString("/nested/b"));
			assertThat(system.tree()).hasNoNode("/nested");
			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("c gone shutdown");
		}
	}

	@Test
	@Conforms("A5")
	@DisplayName("start_child whose start ignores is ok without a process")
	void startChildThatIgnoresIsKept() {
		this.b.onStart(1, StartAnswer.IGNORE);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			assertThat(system.resultOf(system.supervisor("/").startChild(this.b.spec()))).isNull();
			assertThat(Trees.counts(system, "/")).isEqualTo("2/1/0/2");
		}
	}

	@Test
	@Conforms("A6")
	@DisplayName("start_child of a temporary child that ignores stores nothing")
	void startChildThatIgnoresIsForgottenIfTemporary() {
		this.b.onStart(1, StartAnswer.IGNORE);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			AgentSpec<Object> temporary = this.b.spec((spec) -> spec.restart(Restart.TEMPORARY));

			assertThat(system.resultOf(system.supervisor("/").startChild(temporary))).isNull();
			assertThat(Trees.counts(system, "/")).isEqualTo("1/1/0/1");
		}
	}

	@Test
	@Conforms("C10")
	@DisplayName("restart_child where the start ignores keeps the specification")
	void restartChildThatIgnoresStaysStopped() {
		this.a.onStart(2, StartAnswer.IGNORE);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			system.resultOf(system.supervisor("/").terminateChild("a"));

			system.resultOf(system.supervisor("/").restartChild("a"));

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
		}
	}

	@Test
	void failedRestartByHandLeavesTheChildStopped() {
		this.a.onStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertThat(system.failureOf(system.supervisor("/").restartChild("a")))
				.isInstanceOfSatisfying(ChildOperationException.class, (ex) -> {
					assertThat(ex.problem()).isEqualTo(Problem.START_FAILED);
					assertThat(ex.spec()).isNotNull().extracting(ChildSpec::id).isEqualTo("a");
				});
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(0);
		}
	}

	@Test
	@Conforms("C12")
	@DisplayName("listing and lookup agree at every step")
	void listingAndLookupAgree() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			SupervisorRef root = system.supervisor("/");
			assertThat(system.tree()).hasChildren("/").hasNoNode("/a");
			system.resultOf(root.startChild(this.a.spec()));
			assertThat(system.tree()).hasChildren("/", "a").hasNode("/a").withStatus(NodeStatus.RUNNING);
			system.resultOf(root.startChild(this.b.spec()));
			assertThat(system.tree()).hasChildren("/", "a", "b").hasNode("/b").withStatus(NodeStatus.RUNNING);
			system.resultOf(root.terminateChild("a"));
			assertThat(system.tree()).hasChildren("/", "a", "b").hasNode("/a").withStatus(NodeStatus.STOPPED);
			system.resultOf(root.deleteChild("a"));
			assertThat(system.tree()).hasChildren("/", "b").hasNoNode("/a");
		}
	}

	@Test
	@Conforms("C14")
	@DisplayName("a restart by hand keeps the place in the order, new children go last")
	void restartByHandKeepsThePlace() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()), this.probes);
		SupervisorRef root = system.supervisor("/");
		system.resultOf(root.startChild(this.b.spec()));
		system.resultOf(root.startChild(this.c.spec()));
		system.resultOf(root.terminateChild("a"));
		system.resultOf(root.restartChild("a"));
		this.probes.clear();

		system.close();

		assertThat(this.probes.lines(ProbeEvent.STOP)).containsExactly("c stop shutdown", "b stop shutdown",
				"a stop shutdown");
	}

	@Test
	void requestsWaitTheirTurn() {
		this.a.onStart(1, StartAnswer.HANG);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			TestSubscriber<StartedChild> start = subscribe(system.supervisor("/").startChild(this.a.spec()));
			TestSubscriber<Void> stop = subscribe(system.supervisor("/").terminateChild("a"));
			TestSubscriber<Void> delete = subscribe(system.supervisor("/").deleteChild("a"));
			assertThat(stop.isTerminated()).isFalse();

			this.a.releaseStart();

			assertThat(start.getReceivedOnNext()).extracting(StartedChild::path).containsExactly(AgentPath.of("/a"));
			assertThat(stop.isTerminatedComplete()).isTrue();
			assertThat(delete.isTerminatedComplete()).isTrue();
			assertThat(system.tree()).hasChildren("/");
		}
	}

	@Test
	void stopOfTheSupervisorCancelsARequest() {
		this.a.onStart(1, StartAnswer.HANG);
		TestAgentSystem system = TestAgentSystem.start(Trees.root());
		TestSubscriber<StartedChild> start = subscribe(system.supervisor("/").startChild(this.a.spec()));
		TestSubscriber<StartedChild> waiting = subscribe(system.supervisor("/").startChild(this.b.spec()));

		system.close();

		assertThat(((ChildOperationException) start.expectTerminalError()).problem())
			.isEqualTo(Problem.START_CANCELLED);
		assertThat(((ChildOperationException) waiting.expectTerminalError()).problem()).isEqualTo(Problem.NO_PROCESS);
	}

	@Test
	void restartedSupervisorForgetsChildrenAddedByHand() {
		SupervisorSpec nested = SupervisorSpec.builder("nested")
			.intensity(Trees.perHour(0))
			.child(this.a.spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested), this.probes)) {
			system.resultOf(system.supervisor("/nested").startChild(this.b.spec()));
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/nested/b").tell(ProbeCommand.hang());
			system.agent("/nested/b").ask("waits", String.class).subscribe(asker);

			system.agent("/nested/a").tell(ProbeCommand.fail());
			system.advance(Duration.ofSeconds(5));

			assertThat(system.tree()).hasChildren("/nested", "a");
			assertThat(asker.expectTerminalError()).hasMessageContaining("/nested/b");
		}
	}

	private static <T> TestSubscriber<T> subscribe(Mono<T> mono) {
		TestSubscriber<T> subscriber = TestSubscriber.create();
		mono.subscribe(subscriber);
		return subscriber;
	}

}
