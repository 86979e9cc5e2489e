package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.SupervisorStartException;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a tree starts.
 */
class StartTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	@Conforms("A1")
	@DisplayName("an empty supervisor starts, and ends with shutdown")
	void emptySupervisorStartsAndStops() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root());
		assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.RUNNING).withIncarnation(1);

		system.resultOf(system.system().stop());

		assertThat(system.resultOf(system.system().whenTerminated())).isEqualTo(ExitReason.shutdown());
	}

	@Test
	@Conforms("A7")
	@DisplayName("children start in the order given, not sorted")
	void childrenStartInTheOrderGiven() {
		List<AgentSpec<Object>> specs = List.of("ch7", "ch3", "ch10", "ch2", "ch5")
			.stream()
			.map((name) -> this.probes.agent(name).spec())
			.toList();
		try (TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root").children(specs).build(),
				this.probes)) {

			assertThat(this.probes.lines()).containsExactly("ch7 start", "ch7 started", "ch3 start", "ch3 started",
					"ch10 start", "ch10 started", "ch2 start", "ch2 started", "ch5 start", "ch5 started");
			assertThat(system.tree()).hasChildren("/", "ch7", "ch3", "ch10", "ch2", "ch5");
		}
	}

	@Test
	void eachStartWaitsForTheOneBefore() {
		this.a.onStart(1, StartAnswer.HANG);
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec(), this.b.spec())).build();
		TestSubscriber<Void> start = start(system);
		assertThat(this.probes.lines()).containsExactly("a start");
		assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.STARTING);

		this.a.releaseStart();

		assertThat(this.probes.lines()).containsExactly("a start", "a started", "b start", "b started");
		assertThat(start.isTerminatedComplete()).isTrue();
		system.close();
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(value = StartAnswer.class, names = { "ERROR", "THROW" })
	@Conforms("A10")
	@DisplayName("a failed start stops what had started, in reverse order")
	void failedStartUnwinds(StartAnswer answer) {
		this.c.onStart(1, answer);
		TestAgentSystem system = TestAgentSystem
			.builder(Trees.root(this.a.spec(), this.b.spec(), this.c.spec(), this.probes.agent("d").spec()))
			.listener(this.probes)
			.build();

		Throwable failure = system.failureOf(system.system().start());

		assertThat(this.probes.lines()).containsExactly("a start", "a started", "b start", "b started", "c start",
				"b stop shutdown", "b gone shutdown", "a stop shutdown", "a gone shutdown");
		assertThat(failure).isInstanceOfSatisfying(SupervisorStartException.class, (ex) -> {
			assertThat(ex.supervisor()).isEqualTo(AgentPath.ROOT);
			assertThat(ex.child()).isEqualTo(AgentPath.of("/c"));
			assertThat(ex).hasMessageContaining("'/c'").hasCauseInstanceOf(ProbeFailure.class);
		});
		assertThat(system.resultOf(system.system().whenTerminated())).isInstanceOf(ExitReason.Crash.class);
		system.close();
	}

	@Test
	void failureOfANestedStartNamesEveryLevel() {
		this.c.onStart(1, StartAnswer.ERROR);
		SupervisorSpec inner = SupervisorSpec.builder("inner").child(this.b.spec()).child(this.c.spec()).build();
		SupervisorSpec outer = SupervisorSpec.builder("outer")
			.child(inner)
			.child(this.probes.agent("d").spec())
			.build();
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec(), outer))
			.listener(this.probes)
			.build();

		Throwable failure = system.failureOf(system.system().start());

		assertThat(childOf(failure)).hasToString("/outer");
		assertThat(childOf(failure.getCause())).hasToString("/outer/inner");
		assertThat(childOf(failure.getCause().getCause())).hasToString("/outer/inner/c");
		assertThat(failure).hasRootCauseInstanceOf(ProbeFailure.class).hasMessageContaining("'/outer/inner/c'");
		assertThat(this.probes.lines(ProbeEvent.STARTED, ProbeEvent.GONE)).containsExactly("a started", "b started",
				"b gone shutdown", "a gone shutdown");
		system.close();
	}

	@Test
	@Conforms("A5")
	@DisplayName("a permanent child that ignores its start is kept without a process")
	void ignoredStartKeepsThePermanentChild() {
		this.a.onStart(1, StartAnswer.IGNORE);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {

			assertThat(Trees.counts(system, "/")).isEqualTo("2/1/0/2");
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
			assertThat(system.events().at("/a").of(AgentEvent.StartIgnored.class)).hasSize(1);
		}
	}

	@Test
	@Conforms("A6")
	@DisplayName("a temporary child that ignores its start is forgotten")
	void ignoredStartForgetsTheTemporaryChild() {
		this.a.onStart(1, StartAnswer.IGNORE);
		AgentSpec<Object> temporary = this.a.spec((spec) -> spec.restart(Restart.TEMPORARY));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(temporary, this.b.spec()))) {

			assertThat(Trees.counts(system, "/")).isEqualTo("1/1/0/1");
			assertThat(system.tree()).hasChildren("/", "b");
		}
	}

	@Test
	@Conforms("N2")
	@DisplayName("a start slower than its time-out fails")
	void startThatTakesTooLongFails() {
		this.b.onStart(1, StartAnswer.HANG);
		TestAgentSystem system = TestAgentSystem
			.builder(Trees.root(this.a.spec(), this.b.spec((spec) -> spec.startTimeout(Duration.ofSeconds(2)))))
			.listener(this.probes)
			.build();
		TestSubscriber<Void> start = start(system);

		system.advance(Duration.ofMillis(1999));
		assertThat(start.isTerminated()).isFalse();
		system.advance(Duration.ofMillis(1));

		assertThat(start.expectTerminalError()).isInstanceOf(SupervisorStartException.class)
			.hasMessageContaining("'/b'")
			.hasMessageContaining("PT2S");
		assertThat(this.probes.lines()).containsExactly("a start", "a started", "b start", "a stop shutdown",
				"a gone shutdown");
		system.close();
	}

	@Test
	void endOfAStartThatWasGivenUpChangesNothing() {
		this.a.onStart(2, StartAnswer.HANG);
		AgentSpec<Object> spec = this.a.spec((settings) -> settings.startTimeout(Duration.ofSeconds(2)));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			system.agent("/a").tell(ProbeCommand.fail());
			system.advance(Duration.ofSeconds(2));
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(3);

			this.a.releaseStart();

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(3);
			assertThat(system.resultOf(system.agent("/a").ask("still there", String.class))).isEqualTo("still there");
		}
	}

	@Test
	void factoryThatReturnsNullFailsTheStart() {
		AgentSpec<Object> spec = AgentSpec.builder("a", Object.class, StartTests::none).build();
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(spec)).build();

		Throwable failure = system.failureOf(system.system().start());

		assertThat(failure).hasMessageContaining("factory of agent '/a' returned null");
	}

	@Test
	void stopDuringAStartWaitsForItAndUnwinds() {
		this.b.onStart(1, StartAnswer.HANG);
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec(), this.b.spec(), this.c.spec()))
			.listener(this.probes)
			.build();
		TestSubscriber<Void> start = start(system);
		TestSubscriber<Void> stop = TestSubscriber.create();
		system.system().stop().subscribe(stop);
		assertThat(stop.isTerminated()).isFalse();

		this.b.releaseStart();

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(start.isTerminatedError()).isTrue();
		assertThat(this.probes.lines()).containsExactly("a start", "a started", "b start", "b started",
				"b stop shutdown", "b gone shutdown", "a stop shutdown", "a gone shutdown");
	}

	@Test
	void stopDuringAStartThatHangsKillsItInTime() {
		this.b.onStart(1, StartAnswer.HANG);
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec(), this.b.spec(), this.c.spec()))
			.listener(this.probes)
			.build();
		TestSubscriber<Void> start = start(system);
		TestSubscriber<Void> stop = TestSubscriber.create();
		system.system().stop().subscribe(stop);

		system.advance(Duration.ofMillis(4999));
		assertThat(stop.isTerminated()).isFalse();
		system.advance(Duration.ofMillis(1));

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(start.isTerminatedError()).isTrue();
		assertThat(this.probes.lines()).containsExactly("a start", "a started", "b start", "a stop shutdown",
				"a gone shutdown");
	}

	@Test
	void stopDuringTheStartOfANestedTreeStopsAllOfIt() {
		this.b.onStart(1, StartAnswer.HANG);
		SupervisorSpec nested = SupervisorSpec.builder("nested").child(this.a.spec()).child(this.b.spec()).build();
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(nested, this.c.spec()))
			.listener(this.probes)
			.build();
		TestSubscriber<Void> start = start(system);

		system.close();

		assertThat(start.isTerminatedError()).isTrue();
		assertThat(this.probes.lines()).containsExactly("a start", "a started", "b start", "a stop shutdown",
				"a gone shutdown");
	}

	@Test
	void stopBeforeTheStartMeansThatItNeverStarts() {
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec())).build();
		system.resultOf(system.system().stop());

		Throwable failure = system.failureOf(system.system().start());

		assertThat(failure).hasMessageContaining("stopped");
		assertThat(this.a.attempts()).isZero();
	}

	@Test
	void secondStartWaitsForTheFirst() {
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec())).build();
		system.resultOf(system.system().start());

		system.resultOf(system.system().start());

		assertThat(this.a.attempts()).isOne();
		system.close();
	}

	@Test
	@Conforms({ "A10", "N2" })
	void startThatStopsItselfIsAFailedStartWithThatReason() {
		AgentSpec<Object> spec = AgentSpec.builder("a", Object.class, () -> new StopsInStart())
			.restart(Restart.TRANSIENT)
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ONE, 2, this.b.spec()))) {

			StepVerifier.create(system.system().supervisor(AgentPath.ROOT).startChild(spec))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ChildOperationException.class)
					.hasMessageContaining("did not start")
					.cause()
					.hasMessageContaining("nothing to do"))
				.verify(Trees.LIMIT);

			assertThat(system.events().at("/a").of(AgentEvent.StartFailed.class)).hasSize(1)
				.allSatisfy((failed) -> assertThat(failed.reason()).isEqualTo(ExitReason.shutdown("nothing to do")));
			assertThat(system.events().at("/a").of(AgentEvent.Started.class)).isEmpty();
			assertThat(system.tree()).hasNode("/b").withStatus(NodeStatus.RUNNING);
		}
	}

	private static TestSubscriber<Void> start(TestAgentSystem system) {
		TestSubscriber<Void> start = TestSubscriber.create();
		system.system().start().subscribe(start);
		return start;
	}

	private static AgentPath childOf(@Nullable Throwable failure) {
		assertThat(failure).isInstanceOf(SupervisorStartException.class);
		return ((SupervisorStartException) failure).child();
	}

	@SuppressWarnings("NullAway")
	private static Behaviour<Object> none() {
		return null;
	}

	/**
	 * Finds nothing to do.
	 */
	private static final class StopsInStart implements Behaviour<Object> {

		@Override
		public Mono<Void> onStart(AgentContext<Object> context) {
			context.stop(ExitReason.shutdown("nothing to do"));
			return Mono.empty();
		}

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			return Mono.empty();
		}

	}

}
