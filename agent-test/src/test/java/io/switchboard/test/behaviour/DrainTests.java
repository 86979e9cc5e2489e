package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.NodeControl;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Agents that finish what waits and take no more.
 */
class DrainTests {

	private static final Duration LATER = Duration.ofSeconds(1);

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(Act.agent("x"), DynamicSupervisorSpec.builder("d").template(Act::agent).build(),
				SupervisorSpec.builder("s")
					.child(Act.agent("first"))
					.child(Act.agent("once", (spec) -> spec.restart(Restart.TEMPORARY)))
					.child(Act.agent("last"))
					.build()));

	private final Sinks.One<String> gate = Sinks.one();

	private final List<String> done = new ArrayList<>();

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void whatWaitsIsHandledNoMoreIsTakenAndItStops() {
		this.system.agent("/x").tell((Act) (context) -> this.gate.asMono().doOnNext(this.done::add));
		this.system.agent("/x").tell(note("second"));
		TestSubscriber<Void> drained = drain("/x");

		assertThat(this.system.agent("/x").tell(note("late"))).isEqualTo(SendResult.STOPPING);
		assertThat(drained.isTerminatedComplete()).isFalse();
		this.gate.tryEmitValue("first").orThrow();

		assertThat(drained.isTerminatedComplete()).isTrue();
		assertThat(this.done).containsExactly("first", "second");
		assertThat(this.system.tree()).hasNode("/x").withStatus(NodeStatus.STOPPED).withIncarnation(1);
	}

	@Test
	void idleAgentStopsAtOnce() {
		assertThat(drain("/x").isTerminatedComplete()).isTrue();

		assertThat(this.system.tree()).hasNode("/x").withStatus(NodeStatus.STOPPED);
	}

	@Test
	void agentThatWasDrainedTakesMessagesAgainOnceItIsStarted() {
		drain("/x");

		this.system.resultOf(this.system.supervisor("/").restartChild("x"));

		assertThat(this.system.resultOf(this.system.agent("/x").ask("hello", String.class))).isEqualTo("hello");
	}

	@Test
	void sessionThatWasDrainedComesBackWithItsNextMessage() {
		this.system.agent("/d/one").tell(note("first"));
		assertThat(drain("/d/one").isTerminatedComplete()).isTrue();
		assertThat(this.system.tree()).hasChildren("/d");

		assertThat(this.system.resultOf(this.system.agent("/d/one").ask("hello", String.class))).isEqualTo("hello");
	}

	@Test
	void drainGoesOnOverACrash() {
		this.system.agent("/x").tell((Act) (context) -> this.gate.asMono());
		this.system.agent("/x").tell(note("second"));
		TestSubscriber<Void> drained = drain("/x");

		this.gate.tryEmitError(new ProbeFailure("first")).orThrow();

		assertThat(drained.isTerminatedComplete()).isTrue();
		assertThat(this.done).containsExactly("second");
		assertThat(this.system.tree()).hasNode("/x").withStatus(NodeStatus.STOPPED).withIncarnation(2);
	}

	@Test
	void whatTheAgentSendsItselfIsHandled() {
		this.system.agent("/x").tell((Act) (context) -> {
			context.self().tell(note("outside"));
			return this.gate.asMono().then(Mono.fromRunnable(() -> {
				this.done.add("told " + context.self().tell(note("itself")));
				context.sendAfter(Duration.ZERO, note("self"));
			}));
		});
		TestSubscriber<Void> drained = drain("/x");

		this.gate.tryEmitValue("go").orThrow();

		assertThat(drained.isTerminatedComplete()).isTrue();
		assertThat(this.done).containsExactly("told STOPPING", "outside", "self");
	}

	@Test
	void whatGotInJustBeforeIsHandledBeforeTheEnd() {
		// timers stand in for a sender who has asked whether it may send, and is slow
		this.system.agent("/x").tell((Act) (context) -> {
			context.sendAfter(LATER, (Act) (next) -> this.gate.asMono());
			context.sendAfter(LATER, note("late"));
			return Mono.empty();
		});
		this.system.resultOf(control("/").suspend());
		TestSubscriber<Void> drained = drain("/x");
		this.system.advance(LATER);
		this.system.resultOf(control("/").resume());
		assertThat(drained.isTerminatedComplete()).isFalse();

		this.gate.tryEmitValue("go").orThrow();

		assertThat(this.done).containsExactly("late");
		assertThat(drained.isTerminatedComplete()).isTrue();
		assertThat(this.system.tree()).hasNode("/x").withStatus(NodeStatus.STOPPED).withIncarnation(1);
	}

	@Test
	void whatComesAfterThatIsLost() {
		this.system.agent("/x").tell((Act) (context) -> {
			context.sendAfter(LATER, (Act) (next) -> this.gate.asMono());
			context.sendAfter(LATER, again());
			return Mono.empty();
		});
		this.system.resultOf(control("/").suspend());
		TestSubscriber<Void> drained = drain("/x");
		this.system.advance(LATER);
		this.system.resultOf(control("/").resume());

		this.gate.tryEmitValue("go").orThrow();

		assertThat(drained.isTerminatedComplete()).isTrue();
		assertThat(this.done).containsExactly("again");
	}

	@Test
	void whatWasPutAsideIsLost() {
		TestSubscriber<Object> asker = TestSubscriber.create();
		this.system.agent("/x").ask((Act) (context) -> {
			context.stash();
			return Mono.empty();
		}, Object.class).subscribe(asker);

		assertThat(drain("/x").isTerminatedComplete()).isTrue();

		assertThat(asker.expectTerminalError()).isInstanceOf(AgentExitedException.class);
		assertThat(this.system.events().at("/x").of(AgentEvent.DeadLetter.class)).hasSize(1);
	}

	@Test
	void lifeThatBeginsAfterAllWasDoneTakesMessages() {
		TestSubscriber<Object> bounced = TestSubscriber.create();
		this.system.agent("/s/last").tell((Act) (context) -> this.gate.asMono());
		this.system.supervisor("/").bounceChild("s").subscribe(bounced);
		// its supervisor waits for a sibling, and will end without hearing of this
		TestSubscriber<Void> drained = drain("/s/first");

		this.gate.tryEmitValue("go").orThrow();

		assertThat(bounced.isTerminatedComplete()).isTrue();
		assertThat(Trees.problemOf(this.system, Mono.error(drained.expectTerminalError())))
			.isEqualTo(Problem.NO_PROCESS);
		assertThat(this.system.tree()).hasNode("/s/first").withStatus(NodeStatus.RUNNING).withIncarnation(2);
		assertThat(this.system.resultOf(this.system.agent("/s/first").ask("hello", String.class))).isEqualTo("hello");
	}

	@Test
	void allWhoAskAreToldOfTheOneEnd() {
		// a temporary child is forgotten: nobody can ask for its end a second time
		this.system.agent("/s/once").tell((Act) (context) -> this.gate.asMono());
		this.system.resultOf(control("/s").suspend());
		List<TestSubscriber<Void>> asked = new ArrayList<>(Stream.generate(() -> drain("/s/once")).limit(100).toList());
		this.gate.tryEmitValue("go").orThrow();
		asked.add(drain("/s/once"));
		assertThat(asked).noneMatch((one) -> one.isTerminated());

		this.system.resultOf(control("/s").resume());

		assertThat(asked).allMatch((one) -> one.isTerminatedComplete());
	}

	@Test
	void twoWhoAskAreBothTold() {
		this.system.agent("/x").tell((Act) (context) -> this.gate.asMono());
		TestSubscriber<Void> one = drain("/x");
		TestSubscriber<Void> two = drain("/x");

		this.gate.tryEmitValue("go").orThrow();

		assertThat(one.isTerminatedComplete()).isTrue();
		assertThat(two.isTerminatedComplete()).isTrue();
	}

	@Test
	void itGoesOnIfNobodyWaitsForIt() {
		this.system.agent("/x").tell((Act) (context) -> this.gate.asMono());
		drain("/x").cancel();

		this.gate.tryEmitValue("go").orThrow();

		assertThat(this.system.tree()).hasNode("/x").withStatus(NodeStatus.STOPPED);
	}

	@Test
	void agentThatIsStoppedMeanwhileWasNotDrained() {
		this.system.resultOf(control("/x").suspend());
		this.system.agent("/x").tell(note("lost"));
		TestSubscriber<Void> drained = drain("/x");

		this.system.resultOf(this.system.supervisor("/").terminateChild("x"));

		assertThat(Trees.problemOf(this.system, Mono.error(drained.expectTerminalError())))
			.isEqualTo(Problem.NOT_RUNNING);
		assertThat(this.done).isEmpty();
	}

	@Test
	void supervisorsHaveNothingToDrain() {
		assertThat(this.system.failureOf(control("/d").drain())).hasMessageContaining("is a supervisor");
		assertThat(Trees.problemOf(this.system, control("/nobody").drain())).isEqualTo(Problem.NOT_RUNNING);
	}

	@Test
	void whatAnOperatorDidIsTold() {
		this.system.resultOf(control("/gone").report("restart", "ann", "not-found"));

		assertThat(this.system.events().of(AgentEvent.Operated.class)).singleElement().satisfies((operated) -> {
			assertThat(operated.path()).hasToString("/gone");
			assertThat(operated.action()).isEqualTo("restart");
			assertThat(operated.operator()).isEqualTo("ann");
			assertThat(operated.outcome()).isEqualTo("not-found");
		});
	}

	private TestSubscriber<Void> drain(String path) {
		TestSubscriber<Void> drained = TestSubscriber.create();
		control(path).drain().subscribe(drained);
		return drained;
	}

	private Act again() {
		return (context) -> Mono.fromRunnable(() -> {
			this.done.add("again");
			context.sendAfter(Duration.ZERO, again());
		});
	}

	private Act note(String what) {
		return (context) -> Mono.fromRunnable(() -> this.done.add(what));
	}

	private NodeControl control(String path) {
		return this.system.system().control(AgentPath.of(path));
	}

}
