package io.switchboard.test.behaviour;

import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Children that are stopped and started again by hand, in one step.
 */
class BounceTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	@ParameterizedTest(name = "{0}")
	@EnumSource
	void staticChildIsStoppedAndStartedAndNothingIsCounted(Restart restart) {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(this.a.spec((spec) -> spec.restart(restart)), this.b.spec()), this.probes)) {

			assertThat(system.resultOf(system.supervisor("/").bounceChild("a")))
				.satisfies((started) -> assertThat(started.incarnation()).isEqualTo(2));

			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone shutdown");
			assertThat(system.tree()).hasNode("/a")
				.withStatus(NodeStatus.RUNNING)
				.withIncarnation(2)
				.withRestarts(0)
				.withLastExit(ExitReason.shutdown());
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(0);
			assertThat(system.tree()).hasNode("/b").withIncarnation(1);
			assertThat(system.events().of(AgentEvent.Stopped.class)).isEmpty();
			assertThat(system.events().of(AgentEvent.CrashReported.class)).isEmpty();
		}
	}

	@Test
	void dynamicChildIsKept() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()),
				this.probes)) {
			SupervisorRef dynamic = system.supervisor("/d");
			system.resultOf(dynamic.startChild(this.a.spec()));

			system.resultOf(dynamic.bounceChild("a"));

			assertThat(system.tree()).hasNode("/d/a").withStatus(NodeStatus.RUNNING).withIncarnation(2).withRestarts(0);
			assertThat(system.tree()).hasNode("/d").withRestartsInWindow(0);
			assertThat(Trees.problemOf(system, dynamic.bounceChild("b"))).isEqualTo(Problem.NOT_FOUND);
		}
	}

	@ParameterizedTest(name = "dynamic {0}")
	@ValueSource(booleans = { false, true })
	void whatWaitsIsHandledByTheNextLife(boolean dynamic) {
		Sinks.One<String> gate = Sinks.one();
		TestSubscriber<String> inHand = TestSubscriber.create();
		TestSubscriber<String> waiting = TestSubscriber.create();
		try (TestAgentSystem system = TestAgentSystem.start(Trees
			.root(dynamic ? DynamicSupervisorSpec.builder("d").build() : SupervisorSpec.builder("d").build()))) {
			system.resultOf(system.supervisor("/d").startChild(Act.agent("x")));
			system.agent("/d/x").ask((Act) (context) -> gate.asMono(), String.class).subscribe(inHand);
			system.agent("/d/x").ask("later", String.class).subscribe(waiting);
			TestSubscriber<Object> bounced = TestSubscriber.create();
			system.supervisor("/d").bounceChild("x").subscribe(bounced);
			assertThat(bounced.isTerminatedComplete()).isFalse();

			gate.tryEmitValue("first").orThrow();

			assertThat(inHand.getReceivedOnNext()).containsExactly("first");
			assertThat(bounced.isTerminatedComplete()).isTrue();
			assertThat(waiting.getReceivedOnNext()).containsExactly("later");
			assertThat(system.tree()).hasNode("/d/x").withIncarnation(2);
		}
	}

	@Test
	void wholeSubtreeIsBounced() {
		try (TestAgentSystem system = TestAgentSystem.start(
				Trees.root(SupervisorSpec.builder("desk").child(this.a.spec()).child(this.b.spec()).build()),
				this.probes)) {

			system.resultOf(system.supervisor("/").bounceChild("desk"));

			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("b gone shutdown", "a gone shutdown");
			assertThat(system.tree()).hasNode("/desk").withIncarnation(2).withRestarts(0);
			assertThat(system.tree()).hasNode("/desk/a").withStatus(NodeStatus.RUNNING).withIncarnation(2);
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(0);
		}
	}

	@Test
	void stoppedChildIsStarted() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()), this.probes)) {
			system.resultOf(system.supervisor("/").terminateChild("a"));

			system.resultOf(system.supervisor("/").bounceChild("a"));

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2);
		}
	}

	@Test
	void childThatDoesNotStartAgainStaysStopped() {
		this.a.onStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()), this.probes)) {

			assertThat(Trees.problemOf(system, system.supervisor("/").bounceChild("a")))
				.isEqualTo(Problem.START_FAILED);

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
			assertThat(system.agent("/a").tell("late").isAccepted()).isFalse();
			assertThat(system.tree()).hasNode("/b").withStatus(NodeStatus.RUNNING).withIncarnation(1);
		}
	}

	@Test
	void dynamicChildThatDoesNotStartAgainIsKeptPaused() {
		this.a.onStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()),
				this.probes)) {
			SupervisorRef dynamic = system.supervisor("/d");
			system.resultOf(dynamic.startChild(this.a.spec()));

			assertThat(Trees.problemOf(system, dynamic.bounceChild("a"))).isEqualTo(Problem.START_FAILED);

			assertThat(system.tree()).hasNode("/d/a").withStatus(NodeStatus.STOPPED);
			assertThat(system.events().at("/d/a").of(AgentEvent.RestartPaused.class)).hasSize(1);
			system.resultOf(dynamic.bounceChild("a"));
			assertThat(system.tree()).hasNode("/d/a").withStatus(NodeStatus.RUNNING).withIncarnation(3);
		}
	}

	@Test
	void dynamicChildThatIsStoppedMeanwhileIsNotStartedAgain() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()),
				this.probes)) {
			SupervisorRef dynamic = system.supervisor("/d");
			system.resultOf(dynamic.startChild(this.a.spec()));
			system.agent("/d/a").tell(ProbeCommand.refuseToStop());
			TestSubscriber<Object> bounced = TestSubscriber.create();
			TestSubscriber<Void> stopped = TestSubscriber.create();
			dynamic.bounceChild("a").subscribe(bounced);
			dynamic.terminateChild("a").subscribe(stopped);

			system.advance(Trees.LIMIT);

			assertThat(stopped.isTerminatedComplete()).isTrue();
			assertThat(system.failureOf(Mono.error(bounced.expectTerminalError())))
				.hasMessageContaining("was stopped before it was up");
			assertThat(system.tree()).hasChildren("/d");
		}
	}

}
