package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.NodeControl;
import io.switchboard.runtime.StartedChild;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
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
 * Supervisors whose children come and go.
 */
class DynamicSupervisorTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	@Conforms("K1")
	@DisplayName("start two, stop one, stop it again, stop a stranger")
	void listGrowsAndShrinks() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(dynamic(2), this.c.spec()), this.probes)) {
			SupervisorRef dynamic = system.supervisor("/d");
			assertThat(Trees.counts(system, "/d")).isEqualTo("0/0/0/0");
			assertThat(system.resultOf(dynamic.startChild(this.a.spec()))).extracting(StartedChild::path)
				.hasToString("/d/a");
			assertThat(system.resultOf(dynamic.startChild(this.b.spec()))).extracting(StartedChild::path)
				.hasToString("/d/b");
			assertThat(Trees.counts(system, "/d")).isEqualTo("2/2/0/2");

			system.resultOf(dynamic.terminateChild("a"));

			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone shutdown");
			assertThat(system.tree()).hasChildren("/d", "b");
			assertThat(Trees.problemOf(system, dynamic.terminateChild("a"))).isEqualTo(Problem.NOT_FOUND);
			assertThat(Trees.problemOf(system, dynamic.terminateChild("c"))).isEqualTo(Problem.NOT_FOUND);
			assertThat(system.tree()).hasNode("/c").withStatus(NodeStatus.RUNNING).withIncarnation(1);
			assertThat(Trees.problemOf(system, dynamic.startChild(this.b.spec()))).isEqualTo(Problem.ALREADY_STARTED);
		}
	}

	@Test
	void restartAndDeleteByHandAreNotKnown() {
		try (TestAgentSystem system = start(dynamic(2))) {
			SupervisorRef dynamic = system.supervisor("/d");
			system.resultOf(dynamic.startChild(this.a.spec()));

			assertThat(Trees.problemOf(system, dynamic.restartChild("a"))).isEqualTo(Problem.NOT_SUPPORTED);
			assertThat(Trees.problemOf(system, dynamic.deleteChild("a"))).isEqualTo(Problem.NOT_SUPPORTED);
			assertThat(Trees.problemOf(system, dynamic.startChild(SupervisorSpec.builder("s").build())))
				.isEqualTo(Problem.NOT_SUPPORTED);
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(ints = { 1, 4, 10 })
	@Conforms({ "K3", "K13", "H8" })
	@DisplayName("a child that cannot restart ends the supervisor and its other children")
	void childThatCannotRestartEndsTheSupervisor(int maxRestarts) {
		this.a.fromStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = start(dynamic(maxRestarts))) {
			system.resultOf(system.supervisor("/d").startChild(this.a.spec()));
			system.resultOf(system.supervisor("/d").startChild(this.b.spec()));

			system.agent("/d/a").tell(ProbeCommand.fail());

			assertThat(this.a.attempts()).isEqualTo(1 + maxRestarts);
			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone crash", "b gone shutdown");
			assertThat(system.events().at("/d").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isInstanceOf(ExitReason.Shutdown.class));
			assertThat(system.tree()).hasNode("/d").withStatus(NodeStatus.RUNNING).withIncarnation(2).withRestarts(1);
			assertThat(system.tree()).hasChildren("/d");
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@Conforms("K4")
	@DisplayName("a start that ignores stores nothing")
	void ignoredStartStoresNothing(Restart restart) {
		this.a.onStart(1, StartAnswer.IGNORE);
		AgentSpec<Object> spec = this.a.spec((settings) -> settings.restart(restart));
		TestAgentSystem system = start(dynamic(2));
		assertThat((Object) system.resultOf(system.supervisor("/d").startChild(spec))).isNull();
		assertThat(Trees.counts(system, "/d")).isEqualTo("0/0/0/0");

		system.resultOf(system.system().stop());

		assertThat(system.events().at("/d").of(AgentEvent.Exited.class)).singleElement()
			.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.shutdown()));
	}

	@Test
	@Conforms("K5")
	@DisplayName("a restart that ignores removes the child")
	void ignoredRestartRemovesTheChild() {
		this.a.onStart(4, StartAnswer.IGNORE);
		try (TestAgentSystem system = start(dynamic(5))) {
			system.resultOf(system.supervisor("/d").startChild(this.a.spec()));
			system.agent("/d/a").tell(ProbeCommand.fail());
			system.agent("/d/a").tell(ProbeCommand.fail());
			assertThat(Trees.counts(system, "/d")).isEqualTo("1/1/0/1");

			system.agent("/d/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasChildren("/d");
		}
	}

	@Test
	@Conforms("K6")
	@DisplayName("thousands of children, some stopped and some killed")
	void thousandsOfChildrenComeAndGo() {
		try (TestAgentSystem system = start(dynamic(2))) {
			SupervisorRef dynamic = system.supervisor("/d");
			List<String> names = IntStream.range(0, 2000).mapToObj((i) -> "n" + i).toList();
			names.subList(0, 1000).forEach((name) -> system.resultOf(dynamic.startChild(temporary(name))));
			assertThat(Trees.counts(system, "/d")).isEqualTo("1000/1000/0/1000");
			names.subList(1000, 2000).forEach((name) -> system.resultOf(dynamic.startChild(temporary(name))));
			assertThat(Trees.counts(system, "/d")).isEqualTo("2000/2000/0/2000");

			names.subList(0, 1000).forEach((name) -> system.resultOf(dynamic.terminateChild(name)));
			assertThat(Trees.counts(system, "/d")).isEqualTo("1000/1000/0/1000");
			names.subList(1000, 2000)
				.forEach((name) -> system.resultOf(system.system().control(AgentPath.of("/d/" + name)).kill()));

			assertThat(Trees.counts(system, "/d")).isEqualTo("0/0/0/0");
			assertThat(system.tree()).hasNode("/d").withIncarnation(1);
		}
	}

	@Test
	@Conforms("K9")
	@DisplayName("a failed start is passed through and stores nothing")
	void failedStartIsPassedThrough() {
		this.a.onStart(1, StartAnswer.ERROR).onStart(2, StartAnswer.THROW);
		try (TestAgentSystem system = start(dynamic(2))) {
			for (int attempt = 0; attempt < 2; attempt++) {
				Throwable failure = system.failureOf(system.supervisor("/d").startChild(this.a.spec()));
				assertThat(failure).isInstanceOf(ChildOperationException.class).hasCauseInstanceOf(ProbeFailure.class);
				assertThat(Trees.counts(system, "/d")).isEqualTo("0/0/0/0");
			}

			system.resultOf(system.supervisor("/d").startChild(this.a.spec()));
			assertThat(Trees.counts(system, "/d")).isEqualTo("1/1/0/1");
		}
	}

	@Test
	@Conforms("H5")
	@DisplayName("a child that is restarting can be removed")
	void restartingChildCanBeRemoved() {
		try (TestAgentSystem system = start(dynamic(5))) {
			TestSubscriber<Void> removed = TestSubscriber.create();
			SupervisorRef dynamic = system.supervisor("/d");
			int[] starts = new int[1];
			AgentSpec<Object> spec = AgentSpec.builder("x", Object.class, () -> {
				if (starts[0]++ > 0) {
					// the request waits behind the failure of this start, and before the
					// next
					// one
					system.scheduler().schedule(() -> dynamic.terminateChild("x").subscribe(removed));
					throw new ProbeFailure("cannot restart");
				}
				return (message, context) -> Mono.error(new ProbeFailure("crash"));
			}).build();
			system.resultOf(dynamic.startChild(spec));

			system.agent("/d/x").tell("crash");

			assertThat(starts[0]).isEqualTo(2);
			assertThat(removed.isTerminatedComplete()).isTrue();
			assertThat(system.tree()).hasChildren("/d");
		}
	}

	@Test
	@Conforms("H5")
	@DisplayName("a child that is restarting is listed as such")
	void restartingChildIsListed() {
		try (TestAgentSystem system = start(dynamic(5))) {
			NodeControl supervisor = system.system().control(AgentPath.of("/d"));
			TestSubscriber<Void> suspended = TestSubscriber.create();
			int[] starts = new int[1];
			AgentSpec<Object> spec = AgentSpec.builder("x", Object.class, () -> {
				if (++starts[0] == 2) {
					// takes effect behind the failure of this start, and before the retry
					system.scheduler().schedule(() -> supervisor.suspend().subscribe(suspended));
					throw new ProbeFailure("cannot restart");
				}
				return (message, context) -> Mono.error(new ProbeFailure("crash"));
			}).build();
			system.resultOf(system.supervisor("/d").startChild(spec));

			system.agent("/d/x").tell("crash");

			assertThat(suspended.isTerminatedComplete()).isTrue();
			assertThat(Trees.counts(system, "/d")).isEqualTo("1/0/0/1");
			assertThat(Trees.status(system, "/d/x")).isEqualTo(NodeStatus.RESTARTING);
			system.resultOf(supervisor.resume());
			assertThat(Trees.counts(system, "/d")).isEqualTo("1/1/0/1");
		}
	}

	@Test
	@Conforms("H6")
	@DisplayName("children that keep failing are counted until they are cured, and until they are stopped")
	void failingChildrenAreCounted() {
		RestartIntensity twentyInTen = new RestartIntensity(20, Duration.ofSeconds(10));
		try (TestAgentSystem system = start(DynamicSupervisorSpec.builder("d").intensity(twentyInTen).build())) {
			for (AgentProbe probe : List.of(this.a, this.b, this.c)) {
				AgentSpec<Object> spec = probe.spec((settings) -> settings.startTimeout(Duration.ofSeconds(1)));
				system.resultOf(system.supervisor("/d").startChild(spec));
			}
			List.of(this.a, this.b).forEach((probe) -> probe.fromStart(2, StartAnswer.HANG));
			system.agent("/d/a").tell(ProbeCommand.fail());
			system.agent("/d/b").tell(ProbeCommand.fail());
			system.advance(Duration.ofSeconds(2));
			assertThat(this.a.attempts()).isEqualTo(1 + 3);
			assertThat(Trees.counts(system, "/d")).isEqualTo("3/1/0/3");

			this.a.releaseStart();
			this.b.releaseStart();

			assertThat(Trees.counts(system, "/d")).isEqualTo("3/3/0/3");
			List<String> left = new ArrayList<>();
			for (String name : List.of("a", "b", "c")) {
				system.resultOf(system.supervisor("/d").terminateChild(name));
				left.add(Trees.counts(system, "/d"));
			}
			assertThat(left).containsExactly("2/2/0/2", "1/1/0/1", "0/0/0/0");
		}
	}

	@Test
	@Conforms("H7")
	@DisplayName("a restart that failed is tried again")
	void failedRestartIsTriedAgain() {
		this.a.onStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = start(dynamic(2))) {
			system.resultOf(system.supervisor("/d").startChild(this.a.spec()));

			system.agent("/d/a").tell(ProbeCommand.fail());

			assertThat(Trees.counts(system, "/d")).isEqualTo("1/1/0/1");
			assertThat(system.tree()).hasNode("/d/a").withIncarnation(3).withRestarts(1);
			assertThat(system.tree()).hasNode("/d").withRestartsInWindow(2);
		}
	}

	@Test
	@Conforms("K12")
	@DisplayName("what the template knows reaches every child at its start and at each restart")
	void whatTheTemplateKnowsReachesEveryStart() {
		List<String> given = new ArrayList<>();
		String common = "for all";
		DynamicSupervisorSpec spec = DynamicSupervisorSpec.builder("d")
			.template((key) -> AgentSpec.builder(key, Object.class, () -> {
				given.add(common + " and " + key);
				return (message, context) -> Mono.error(new ProbeFailure("crash"));
			}).build())
			.build();
		try (TestAgentSystem system = start(spec)) {
			system.agent("/d/a").tell("crash");

			assertThat(given).containsExactly("for all and a", "for all and a");
		}
	}

	@Test
	void slowStartDelaysNobodyElse() {
		this.a.onStart(1, StartAnswer.HANG);
		try (TestAgentSystem system = start(dynamic(2))) {
			TestSubscriber<StartedChild> slow = TestSubscriber.create();
			system.supervisor("/d").startChild(this.a.spec()).subscribe(slow);

			system.resultOf(system.supervisor("/d").startChild(this.b.spec()));

			assertThat(slow.isTerminated()).isFalse();
			this.a.releaseStart();
			assertThat(slow.getReceivedOnNext()).extracting(StartedChild::path).containsExactly(AgentPath.of("/d/a"));
		}
	}

	@Test
	void terminateCancelsAStart() {
		this.a.onStart(1, StartAnswer.HANG);
		try (TestAgentSystem system = start(dynamic(2))) {
			TestSubscriber<StartedChild> starting = TestSubscriber.create();
			system.supervisor("/d").startChild(this.a.spec()).subscribe(starting);
			TestSubscriber<Void> terminating = TestSubscriber.create();
			system.supervisor("/d").terminateChild("a").subscribe(terminating);

			system.advance(Duration.ofSeconds(5));

			assertThat(((ChildOperationException) starting.expectTerminalError()).problem())
				.isEqualTo(Problem.START_CANCELLED);
			assertThat(terminating.isTerminatedComplete()).isTrue();
			assertThat(system.tree()).hasChildren("/d");
		}
	}

	@Test
	void childrenShareTheBudgetUnlessToldOtherwise() {
		try (TestAgentSystem system = start(dynamic(1))) {
			system.resultOf(system.supervisor("/d").startChild(this.a.spec()));
			system.resultOf(system.supervisor("/d").startChild(this.b.spec()));
			system.agent("/d/a").tell(ProbeCommand.fail());
			assertThat(system.tree()).hasNode("/d").withRestartsInWindow(1);

			system.agent("/d/b").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/d").withIncarnation(2);
			assertThat(system.tree()).hasChildren("/d");
		}
	}

	@Test
	void budgetPerChildEndsTheSickChildOnly() {
		DynamicSupervisorSpec spec = DynamicSupervisorSpec.builder("d")
			.intensity(Trees.perHour(1))
			.budgetScope(BudgetScope.CHILD)
			.build();
		try (TestAgentSystem system = start(spec)) {
			for (AgentProbe probe : List.of(this.a, this.b, this.c)) {
				system.resultOf(system.supervisor("/d").startChild(probe.spec()));
				system.agent("/d/" + probe.name()).tell(ProbeCommand.fail());
			}
			assertThat(Trees.counts(system, "/d")).isEqualTo("3/3/0/3");
			assertThat(system.tree()).hasNode("/d").withRestartsInWindow(1);

			system.agent("/d/b").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasChildren("/d", "a", "c");
			assertThat(system.tree()).hasNode("/d").withIncarnation(1);
			assertThat(system.events().of(AgentEvent.RestartBudgetSpent.class)).singleElement()
				.satisfies((spent) -> assertThat(spent.child()).hasToString("/d/b"));
			assertThat(system.events().at("/d/b").of(AgentEvent.Stopped.class)).singleElement()
				.satisfies((stopped) -> assertThat(stopped.reason().kind()).isEqualTo("crash"));
		}
	}

	@Test
	void templateMakesAChildOnFirstUse() {
		try (TestAgentSystem system = start(templated().build())) {
			assertThat(system.tree()).hasChildren("/d");

			assertThat(system.resultOf(system.agent("/d/a").ask("first", String.class))).isEqualTo("first");

			assertThat(system.tree()).hasChildren("/d", "a").hasNode("/d/a").withIncarnation(1);
			assertThat(system.agent("/d/b").tell("hello")).isEqualTo(SendResult.ACCEPTED);
			assertThat(this.probes.lines(ProbeEvent.MESSAGE)).containsExactly("a message first", "b message hello");
		}
	}

	@Test
	void templateMakesAChildAgainAfterItWasStopped() {
		try (TestAgentSystem system = start(templated().build())) {
			system.resultOf(system.agent("/d/a").ask("first", String.class));
			system.resultOf(system.supervisor("/d").terminateChild("a"));
			assertThat(system.tree()).hasChildren("/d");

			assertThat(system.resultOf(system.agent("/d/a").ask("again", String.class))).isEqualTo("again");

			assertThat(this.a.attempts()).isEqualTo(2);
		}
	}

	@Test
	void referenceStaysGoodWhenTheChildIsMadeAgain() {
		try (TestAgentSystem system = start(templated().build())) {
			var ref = system.agent("/d/a");
			system.resultOf(ref.ask("first", String.class));
			system.resultOf(system.supervisor("/d").terminateChild("a"));

			assertThat(system.resultOf(ref.ask("again", String.class))).isEqualTo("again");
		}
	}

	@Test
	void askerIsToldWhenTheTemplatesChildDoesNotStart() {
		this.a.onStart(1, StartAnswer.ERROR);
		try (TestAgentSystem system = start(templated().build())) {
			Throwable failure = system.failureOf(system.agent("/d/a").ask("hello", String.class));

			assertThat(failure).hasMessageContaining("/d/a").hasCauseInstanceOf(ProbeFailure.class);
			assertThat(system.resultOf(system.agent("/d/a").ask("again", String.class))).isEqualTo("again");
		}
	}

	@Test
	void templateThatFailsIsADeadLetterAndNoException() {
		DynamicSupervisorSpec spec = DynamicSupervisorSpec.builder("d").template((key) -> {
			throw new IllegalStateException("no template for " + key);
		}).build();
		try (TestAgentSystem system = start(spec)) {
			assertThat(system.agent("/d/a").tell("hello")).isEqualTo(SendResult.NO_PROCESS);
			assertThat(system.failureOf(system.agent("/d/a").ask("hello", String.class)))
				.hasMessageContaining("NO_PROCESS");
			assertThat(system.events().at("/d/a").of(AgentEvent.StartFailed.class)).isNotEmpty()
				.allSatisfy((failed) -> assertThat(failed.reason().cause()).hasMessage("no template for a"));
		}
	}

	@Test
	void templateForAnotherNameIsRefused() {
		DynamicSupervisorSpec spec = DynamicSupervisorSpec.builder("d").template((key) -> this.b.spec()).build();
		try (TestAgentSystem system = start(spec)) {
			assertThat(system.agent("/d/a").tell("hello")).isEqualTo(SendResult.NO_PROCESS);
			assertThat(system.events().at("/d/a").of(AgentEvent.StartFailed.class)).singleElement()
				.satisfies((failed) -> assertThat(failed.reason().cause()).hasMessageContaining("'a'")
					.hasMessageContaining("'b'"));
		}
	}

	@Test
	@Conforms("K16")
	@DisplayName("no more children than allowed")
	void maxChildrenIsKept() {
		try (TestAgentSystem system = start(templated().maxChildren(2).build())) {
			system.resultOf(system.supervisor("/d").startChild(this.a.spec()));
			system.agent("/d/b").tell("hello");

			assertThat(Trees.problemOf(system, system.supervisor("/d").startChild(this.c.spec())))
				.isEqualTo(Problem.MAX_CHILDREN);
			assertThat(system.agent("/d/c").tell("hello")).isEqualTo(SendResult.NO_PROCESS);

			system.resultOf(system.supervisor("/d").terminateChild("a"));
			assertThat(system.agent("/d/c").tell("hello")).isEqualTo(SendResult.ACCEPTED);
		}
	}

	@Test
	void messagesForAChildOfAStoppedSupervisorGoNowhere() {
		try (TestAgentSystem system = start(templated().build())) {
			system.resultOf(system.supervisor("/").terminateChild("d"));

			assertThat(system.agent("/d/a").tell("hello")).isEqualTo(SendResult.NO_PROCESS);
			system.resultOf(system.supervisor("/").restartChild("d"));
			assertThat(system.agent("/d/a").tell("hello")).isEqualTo(SendResult.ACCEPTED);
			assertThat(system.tree()).hasChildren("/d", "a");
		}
	}

	@Test
	void supervisorEndsWithShutdownWhenItsBudgetIsSpent() {
		TestAgentSystem system = TestAgentSystem
			.start(SupervisorSpec.builder("root").intensity(Trees.perHour(0)).child(dynamic(0)).build());
		system.resultOf(system.supervisor("/d").startChild(this.a.spec()));

		system.agent("/d/a").tell(ProbeCommand.fail());

		assertThat(system.events().at("/d").of(AgentEvent.Exited.class)).singleElement()
			.satisfies((exited) -> assertThat(exited.reason()).isInstanceOf(ExitReason.Shutdown.class));
		assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
	}

	private TestAgentSystem start(DynamicSupervisorSpec spec) {
		return TestAgentSystem.start(Trees.root(spec), this.probes);
	}

	private static DynamicSupervisorSpec dynamic(int maxRestarts) {
		return DynamicSupervisorSpec.builder("d").intensity(Trees.perHour(maxRestarts)).build();
	}

	private DynamicSupervisorSpec.Builder templated() {
		return DynamicSupervisorSpec.builder("d").template((key) -> this.probes.agent(key).spec());
	}

	private static AgentSpec<Object> temporary(String name) {
		return Act.agent(name, (spec) -> spec.restart(Restart.TEMPORARY));
	}

}
