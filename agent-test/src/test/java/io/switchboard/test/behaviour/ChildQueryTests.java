package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.List;

import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.ChildCounts;
import io.switchboard.tree.ChildInfo;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a supervisor tells of its children.
 */
class ChildQueryTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	@Conforms("C12")
	void listingLookUpAndCountsAgreeAtEveryStep() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			SupervisorRef root = system.supervisor("/");
			assertThat(listing(system, root)).isEmpty();
			assertThat(counts(system, root)).hasToString("0/0/0/0");
			assertThat(Trees.problemOf(system, root.child("a"))).isEqualTo(Problem.NOT_FOUND);

			system.resultOf(root.startChild(this.a.spec()));
			system.resultOf(root.startChild(this.b.spec()));
			assertThat(listing(system, root)).containsExactly("a running 1", "b running 1");
			assertThat(lookUp(system, root, "a")).isEqualTo("a running 1");
			assertThat(counts(system, root)).hasToString("2/2/0/2");

			system.resultOf(root.terminateChild("a"));
			assertThat(listing(system, root)).containsExactly("a stopped 1", "b running 1");
			assertThat(lookUp(system, root, "a")).isEqualTo("a stopped 1");
			assertThat(counts(system, root)).hasToString("2/1/0/2");

			system.resultOf(root.deleteChild("a"));
			assertThat(listing(system, root)).containsExactly("b running 1");
			assertThat(Trees.problemOf(system, root.child("a"))).isEqualTo(Problem.NOT_FOUND);
			assertThat(counts(system, root)).hasToString("1/1/0/1");
		}
	}

	@Test
	void listingIsInStartOrder() {
		SupervisorSpec root = Trees.root(this.c.spec(), this.a.spec(), SupervisorSpec.builder("b").build());
		try (TestAgentSystem system = TestAgentSystem.start(root)) {
			List<ChildInfo> children = system.resultOf(system.supervisor("/").children());

			assertThat(children).extracting(ChildInfo::id).containsExactly("c", "a", "b");
			assertThat(children).extracting(ChildInfo::type)
				.containsExactly(NodeType.AGENT, NodeType.AGENT, NodeType.SUPERVISOR);
			assertThat(counts(system, system.supervisor("/"))).hasToString("3/3/1/2");
		}
	}

	@Test
	void childThatHasNeverStartedIsListedAsStopped() {
		this.a.onStart(1, StartAnswer.IGNORE);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {
			assertThat(listing(system, system.supervisor("/"))).containsExactly("a stopped 1", "b running 1");
			assertThat(counts(system, system.supervisor("/"))).hasToString("2/1/0/2");
		}
	}

	@Test
	@Conforms("B2")
	void specificationComesWithItsDefaults() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			ChildSpec spec = system.resultOf(system.supervisor("/").spec("a"));

			assertThat(spec).isInstanceOfSatisfying(AgentSpec.class,
					(agent) -> assertThat(agent.startTimeout()).isEqualTo(Duration.ofMinutes(1)));
			assertThat(spec.restart()).isEqualTo(Restart.PERMANENT);
			assertThat(Trees.problemOf(system, system.supervisor("/").spec("x"))).isEqualTo(Problem.NOT_FOUND);
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "/nobody", "/a" })
	@Conforms("C6")
	void questionsToNobodyFail(String path) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			SupervisorRef nobody = system.supervisor(path);

			for (Mono<?> question : List.of(nobody.children(), nobody.child("b"), nobody.counts(), nobody.spec("b"))) {
				assertThat(Trees.problemOf(system, question)).isEqualTo(Problem.NO_PROCESS);
			}
			assertThat(system.failureOf(nobody.counts())).isInstanceOfSatisfying(ChildOperationException.class,
					(ex) -> {
						assertThat(ex.child()).hasToString(path);
						assertThat(ex).hasMessageContaining(path).hasMessageContaining("not running");
					});
		}
	}

	@Test
	void idsThatCannotBeAreRefusedAtOnce() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			assertThatIllegalArgumentException().isThrownBy(() -> system.supervisor("/").child("a/b"));
		}
	}

	@Test
	@Conforms("H1")
	void listingShowsARestartingChildBetweenAttempts() {
		this.a.fromStart(2, StartAnswer.HANG);
		AgentSpec<Object> spec = this.a.spec((settings) -> settings.startTimeout(Duration.ofSeconds(1)));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec, this.b.spec()))) {
			SupervisorRef root = system.supervisor("/");
			system.agent("/a").tell(ProbeCommand.fail());
			TestSubscriber<List<ChildInfo>> listing = TestSubscriber.create();
			root.children().subscribe(listing);
			TestSubscriber<ChildCounts> counts = TestSubscriber.create();
			root.counts().subscribe(counts);
			assertThat(listing.isTerminated()).as("the supervisor waits for the start").isFalse();

			system.advance(Duration.ofSeconds(1));

			assertThat(listing.getReceivedOnNext().get(0)).extracting(ChildInfo::status)
				.containsExactly(NodeStatus.RESTARTING, NodeStatus.RUNNING);
			assertThat(counts.getReceivedOnNext()).containsExactly(new ChildCounts(2, 1, 0, 2));
			assertThat(this.a.attempts()).as("and goes on with the next attempt").isEqualTo(3);
		}
	}

	@Test
	@Conforms({ "H5", "H6" })
	void dynamicChildrenThatRestartAreCountedAndNotActive() {
		List<AgentProbe> all = List.of(this.a, this.b, this.c);
		DynamicSupervisorSpec dynamic = DynamicSupervisorSpec.builder("d").intensity(Trees.perHour(20)).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(dynamic))) {
			SupervisorRef sessions = system.supervisor("/d");
			all.forEach((probe) -> system.resultOf(sessions.startChild(slowToStart(probe))));
			assertThat(counts(system, sessions)).hasToString("3/3/0/3");

			this.a.fromStart(2, StartAnswer.HANG);
			this.b.fromStart(2, StartAnswer.HANG);
			system.agent("/d/a").tell(ProbeCommand.fail());
			system.agent("/d/b").tell(ProbeCommand.fail());
			assertThat(listing(system, sessions)).containsExactly("a restarting 2", "b restarting 2", "c running 1");
			assertThat(counts(system, sessions)).hasToString("3/1/0/3");

			this.a.releaseStart();
			this.b.releaseStart();
			assertThat(counts(system, sessions)).hasToString("3/3/0/3");
			system.agent("/d/b").tell(ProbeCommand.fail());
			TestSubscriber<Void> terminate = TestSubscriber.create();
			sessions.terminateChild("b").subscribe(terminate);
			system.advance(Duration.ofSeconds(1));
			assertThat(terminate.isTerminatedComplete()).isTrue();
			assertThat(listing(system, sessions)).containsExactly("a running 2", "c running 1");
			system.resultOf(sessions.terminateChild("a"));
			assertThat(counts(system, sessions)).hasToString("1/1/0/1");
			system.resultOf(sessions.terminateChild("c"));
			assertThat(counts(system, sessions)).hasToString("0/0/0/0");
		}
	}

	@Test
	void answersComeInTheOrderOfTheCalls() {
		this.b.onStart(1, StartAnswer.HANG);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			SupervisorRef root = system.supervisor("/");
			TestSubscriber<Object> answers = TestSubscriber.create();

			Flux.merge(root.counts(), root.startChild(this.b.spec()), root.counts(), root.terminateChild("a"),
					root.counts())
				.map(Object::toString)
				.cast(Object.class)
				.subscribe(answers);
			this.b.releaseStart();

			assertThat(answers.getReceivedOnNext()).containsExactly("1/1/0/1",
					"StartedChild[path=/b, incarnation=1, info=null]", "2/2/0/2", "2/1/0/2");
		}
	}

	@Test
	@Conforms("C7")
	void terminateByAForeignPathTouchesNobody() {
		SupervisorSpec nested = SupervisorSpec.builder("nested").child(this.b.spec()).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), nested))) {
			assertThat(Trees.problemOf(system, system.supervisor("/").terminateChild(system.agent("/nested/b").path())))
				.isEqualTo(Problem.NOT_FOUND);
			assertThat(Trees.problemOf(system, system.supervisor("/nested").terminateChild(system.agent("/a").path())))
				.isEqualTo(Problem.NOT_FOUND);
			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.RUNNING);
			assertThat(Trees.status(system, "/nested/b")).isEqualTo(NodeStatus.RUNNING);

			system.resultOf(system.supervisor("/nested").terminateChild(system.agent("/nested/b").path()));
			assertThat(Trees.status(system, "/nested/b")).isEqualTo(NodeStatus.STOPPED);
		}
	}

	private AgentSpec<Object> slowToStart(AgentProbe probe) {
		return probe.spec((settings) -> settings.startTimeout(Duration.ofSeconds(1)));
	}

	private static List<String> listing(TestAgentSystem system, SupervisorRef supervisor) {
		List<ChildInfo> children = system.resultOf(supervisor.children());
		assertThat(children).isNotNull();
		return children.stream().map(ChildQueryTests::line).toList();
	}

	private static String lookUp(TestAgentSystem system, SupervisorRef supervisor, String id) {
		ChildInfo child = system.resultOf(supervisor.child(id));
		assertThat(child).isNotNull();
		return line(child);
	}

	private static String line(ChildInfo child) {
		return "%s %s %d".formatted(child.id(), child.status().id(), child.incarnation());
	}

	private static ChildCounts counts(TestAgentSystem system, SupervisorRef supervisor) {
		ChildCounts counts = system.resultOf(supervisor.counts());
		assertThat(counts).isNotNull();
		return counts;
	}

}
