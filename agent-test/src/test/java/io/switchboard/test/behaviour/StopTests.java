package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * How agents and supervisors are stopped.
 */
class StopTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	@Conforms("I1")
	@DisplayName("a supervisor and an agent without limit both end with shutdown")
	void infiniteChildrenEndWithShutdown() {
		SupervisorSpec nested = SupervisorSpec.builder("nested").child(this.a.spec()).build();
		TestAgentSystem system = TestAgentSystem.start(Trees.root(nested, limited(this.b, Shutdown.infinite())));

		system.resultOf(system.system().stop());

		assertThat(exits(system, "/nested")).containsExactly(ExitReason.shutdown());
		assertThat(exits(system, "/b")).containsExactly(ExitReason.shutdown());
	}

	@Test
	void infiniteChildIsWaitedForForEver() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(limited(this.a, Shutdown.infinite())));
		TestSubscriber<String> asker = subscribe(system.agent("/a").ask(ProbeCommand.hang(), String.class));
		TestSubscriber<Void> stop = subscribe(system.system().stop());

		system.advance(Duration.ofDays(365));

		assertThat(stop.isTerminated()).isFalse();
		assertThat(asker.expectTerminalError()).isNotNull();
	}

	@Test
	@Conforms("I2")
	@DisplayName("the child that does not stop in time is killed, the other one ends with shutdown")
	void childThatDoesNotStopInTimeIsKilled() {
		Shutdown second = Shutdown.after(Duration.ofSeconds(1));
		TestAgentSystem system = TestAgentSystem.start(Trees.root(limited(this.a, second), limited(this.b, second)),
				this.probes);
		system.agent("/b").tell(ProbeCommand.hang());
		TestSubscriber<Void> stop = subscribe(system.system().stop());

		system.advance(Duration.ofMillis(999));
		assertThat(stop.isTerminated()).isFalse();
		system.advance(Duration.ofMillis(1));

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("b gone killed", "a gone shutdown");
		assertThat(system.events().of(AgentEvent.ShutdownTimedOut.class)).singleElement().satisfies((event) -> {
			assertThat(event.path()).hasToString("/b");
			assertThat(event.limit()).isEqualTo(Duration.ofSeconds(1));
		});
	}

	@Test
	@Conforms("I3")
	@DisplayName("a brutal kill runs no cleanup")
	void brutalKillRunsNoCleanup() {
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(this.a.spec(), limited(this.b, Shutdown.brutalKill())), this.probes);
		this.probes.clear();

		system.resultOf(system.system().stop());

		assertThat(this.probes.lines()).containsExactly("b gone killed", "a stop shutdown", "a gone shutdown");
		assertThat(system.events().of(AgentEvent.ShutdownTimedOut.class)).isEmpty();
	}

	@Test
	@Conforms("I10")
	@DisplayName("below a dynamic supervisor, too, one millisecond is enough for an ordinary child")
	void shortLimitIsEnoughForAnOrdinaryDynamicChild() {
		Shutdown milli = Shutdown.after(Duration.ofMillis(1));
		TestAgentSystem system = dynamic(limited(this.a, milli), limited(this.b, milli));
		system.agent("/d/b").tell(ProbeCommand.refuseToStop());
		this.probes.clear();

		system.close();

		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactlyInAnyOrder("a gone shutdown", "b gone killed");
		assertThat(exits(system, "/d")).containsExactly(ExitReason.shutdown());
	}

	@Test
	@Conforms("I10")
	@DisplayName("with a limit of one millisecond an ordinary child still ends in order")
	void shortLimitIsEnoughForAnOrdinaryChild() {
		Shutdown milli = Shutdown.after(Duration.ofMillis(1));
		TestAgentSystem system = TestAgentSystem.start(Trees.root(limited(this.a, milli), limited(this.b, milli)),
				this.probes);
		system.agent("/b").tell(ProbeCommand.refuseToStop());
		this.probes.clear();

		system.close();

		assertThat(this.probes.lines()).containsExactly("b stop shutdown", "b gone killed", "a stop shutdown",
				"a gone shutdown");
	}

	@Test
	void staticSupervisorStopsOneAfterTheOther() {
		Shutdown half = Shutdown.after(Duration.ofMillis(500));
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(limited(this.a, half), limited(this.b, half), limited(this.c, half)), this.probes);
		List.of("/a", "/b", "/c").forEach((path) -> system.agent(path).tell(ProbeCommand.refuseToStop()));
		this.probes.clear();
		TestSubscriber<Void> stop = subscribe(system.system().stop());
		assertThat(this.probes.lines()).containsExactly("c stop shutdown");

		system.advance(Duration.ofMillis(1499));
		assertThat(stop.isTerminated()).isFalse();
		system.advance(Duration.ofMillis(1));

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(this.probes.lines()).containsExactly("c stop shutdown", "c gone killed", "b stop shutdown",
				"b gone killed", "a stop shutdown", "a gone killed");
	}

	@Test
	@Conforms("I6")
	@DisplayName("a dynamic supervisor asks all at once and kills those that do not heed it")
	void dynamicSupervisorStopsAllAtOnce() {
		Shutdown half = Shutdown.after(Duration.ofMillis(500));
		TestAgentSystem system = dynamic(limited(this.a, half), limited(this.b, half), limited(this.c, half));
		List.of("/d/a", "/d/b", "/d/c").forEach((path) -> system.agent(path).tell(ProbeCommand.refuseToStop()));
		this.probes.clear();
		TestSubscriber<Void> stop = subscribe(system.system().stop());
		assertThat(this.probes.lines()).containsExactlyInAnyOrder("a stop shutdown", "b stop shutdown",
				"c stop shutdown");

		system.advance(Duration.ofMillis(500));

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactlyInAnyOrder("a gone killed", "b gone killed",
				"c gone killed");
		assertThat(exits(system, "/d")).containsExactly(ExitReason.shutdown());
	}

	@Test
	@Conforms("I6")
	@DisplayName("below a dynamic supervisor one is waited for while the other is killed")
	void dynamicSupervisorMixesLimits() {
		TestAgentSystem system = dynamic(limited(this.a, Shutdown.infinite()), limited(this.b, Shutdown.brutalKill()));

		system.resultOf(system.system().stop());

		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactlyInAnyOrder("a gone shutdown", "b gone killed");
		assertThat(exits(system, "/d")).containsExactly(ExitReason.shutdown());
	}

	@Test
	@Conforms("I6")
	@DisplayName("below a dynamic supervisor ten are killed without being asked")
	void dynamicSupervisorKillsTenAtOnce() {
		List<AgentProbe> ten = IntStream.range(0, 10).mapToObj((i) -> this.probes.agent("n" + i)).toList();
		TestAgentSystem system = dynamic(
				ten.stream().map((probe) -> limited(probe, Shutdown.brutalKill())).toArray(ChildSpec[]::new));
		this.probes.clear();

		system.resultOf(system.system().stop());

		assertThat(this.probes.lines())
			.containsExactlyInAnyOrderElementsOf(ten.stream().map((probe) -> probe.name() + " gone killed").toList());
		assertThat(exits(system, "/d")).containsExactly(ExitReason.shutdown());
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@Conforms("I8")
	@DisplayName("a dynamic child that ends in another way while it is stopped does not disturb the stop")
	void failedCleanupDoesNotDisturbTheStopOfADynamicSupervisor(Restart restart) {
		ProbeFailure failure = new ProbeFailure("cleanup");
		TestAgentSystem system = dynamic(this.a.spec(), this.b.spec((spec) -> spec.restart(restart)), this.c.spec());
		system.agent("/d/b").tell(ProbeCommand.failOnStop(failure));

		system.resultOf(system.system().stop());

		assertThat(exits(system, "/d/b")).containsExactly(ExitReason.crash(failure));
		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactlyInAnyOrder("a gone shutdown", "b gone crash",
				"c gone shutdown");
		assertThat(exits(system, "/d")).containsExactly(ExitReason.shutdown());
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource
	@Conforms("I8")
	@DisplayName("a child that was about to end by itself is asked once, and its own reason counts")
	void endOfItsOwnDoesNotDisturbTheStop(String supervisor, Restart restart) {
		Sinks.Empty<Void> work = Sinks.empty();
		DynamicSupervisorSpec dynamic = DynamicSupervisorSpec.builder("d").build();
		SupervisorSpec fixed = SupervisorSpec.builder("s").build();
		TestAgentSystem system = TestAgentSystem.start(Trees.root(dynamic, fixed), this.probes);
		system.resultOf(system.supervisor(supervisor).startChild(Act.agent("x", (spec) -> spec.restart(restart))));
		system.agent(supervisor + "/x").tell((Act) (context) -> {
			context.stop(ExitReason.shutdown("done"));
			return work.asMono();
		});
		TestSubscriber<Void> stop = subscribe(system.system().stop());

		work.tryEmitEmpty();

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(exits(system, supervisor + "/x")).containsExactly(ExitReason.shutdown("done"));
		assertThat(exits(system, supervisor)).containsExactly(ExitReason.shutdown());
	}

	static Stream<Arguments> endOfItsOwnDoesNotDisturbTheStop() {
		return Stream.of("/s", "/d")
			.flatMap((supervisor) -> Stream.of(Restart.values()).map((restart) -> arguments(supervisor, restart)));
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	@DisplayName("a child that ends in another way while it is stopped does not disturb the stop")
	void failedCleanupDoesNotDisturbTheStop(Restart restart) {
		ProbeFailure failure = new ProbeFailure("cleanup");
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(this.a.spec(), this.b.spec((spec) -> spec.restart(restart)), this.c.spec()), this.probes);
		system.agent("/b").tell(ProbeCommand.failOnStop(failure));

		system.resultOf(system.system().stop());

		assertThat(exits(system, "/b")).containsExactly(ExitReason.crash(failure));
		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("c gone shutdown", "b gone crash",
				"a gone shutdown");
		assertThat(system.resultOf(system.system().whenTerminated())).isEqualTo(ExitReason.shutdown());
	}

	@Test
	@Conforms("I12")
	@DisplayName("killing a supervisor takes its children along, and the parent rebuilds the subtree")
	void killedSupervisorTakesItsChildrenAlong() {
		SupervisorSpec nested = SupervisorSpec.builder("nested")
			.shutdown(Shutdown.brutalKill())
			.child(this.b.spec())
			.child(limited(this.c, Shutdown.infinite()))
			.build();
		SupervisorSpec root = SupervisorSpec.builder("root")
			.strategy(Strategy.ONE_FOR_ALL)
			.child(this.a.spec())
			.child(nested)
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(root, this.probes)) {
			this.probes.clear();

			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(this.probes.lines(ProbeEvent.STOP)).containsExactly("a stop crash");
			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone crash", "c gone killed",
					"b gone killed");
			assertThat(exits(system, "/nested")).containsExactly(ExitReason.killed());
			assertThat(system.tree()).hasNode("/nested/b").withStatus(NodeStatus.RUNNING).withIncarnation(2);
			assertThat(system.tree()).hasNode("/nested/c").withStatus(NodeStatus.RUNNING).withIncarnation(2);
		}
	}

	@Test
	@Conforms("I12")
	@DisplayName("an operator's kill of a supervisor, too, and the names stay where they were")
	void supervisorKilledByHandIsRebuilt() {
		SupervisorSpec nested = SupervisorSpec.builder("nested")
			.child(this.b.spec((spec) -> spec.registeredAs("the one")))
			.child(this.c.spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), nested), this.probes)) {
			this.probes.clear();

			system.resultOf(system.system().control(AgentPath.of("/nested")).kill());

			assertThat(this.probes.lines()).containsExactly("c gone killed", "b gone killed", "b start", "b started",
					"c start", "c started");
			assertThat(exits(system, "/nested")).containsExactly(ExitReason.killed());
			assertThat(system.tree()).hasNode("/nested").withIncarnation(2).withRestarts(1);
			assertThat(system.tree()).hasNode("/nested/b").withIncarnation(2);
			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
			assertThat(system.system().registry().names().whereIs("the one")).isNotNull();
		}
	}

	@Test
	void supervisorThatDoesNotStopInTimeIsKilledWithAllBelow() {
		SupervisorSpec nested = SupervisorSpec.builder("nested")
			.shutdown(Shutdown.after(Duration.ofSeconds(1)))
			.child(this.b.spec())
			.child(limited(this.c, Shutdown.infinite()))
			.build();
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), nested), this.probes);
		system.agent("/nested/c").tell(ProbeCommand.refuseToStop());
		TestSubscriber<Void> stop = subscribe(system.system().stop());

		system.advance(Duration.ofSeconds(1));

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactlyInAnyOrder("c gone killed", "b gone killed",
				"a gone shutdown");
		assertThat(exits(system, "/nested")).containsExactly(ExitReason.killed());
	}

	@Test
	void messageInHandIsFinishedBeforeTheStop() {
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(AgentSpec.builder("slow", Object.class, () -> new SlowAnswer()).build()));
		TestSubscriber<String> asker = subscribe(system.agent("/slow").ask("work", String.class));
		TestSubscriber<Void> stop = subscribe(system.system().stop());
		assertThat(stop.isTerminated()).isFalse();

		system.advance(SlowAnswer.TIME);

		assertThat(asker.getReceivedOnNext()).containsExactly("done work");
		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(exits(system, "/slow")).containsExactly(ExitReason.shutdown());
	}

	@Test
	void askerOfAKilledIncarnationIsTold() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()));
		TestSubscriber<String> asker = subscribe(system.agent("/a").ask(ProbeCommand.hang(), String.class));

		system.close();

		assertThat(asker.expectTerminalError()).isInstanceOfSatisfying(AgentExitedException.class, (ex) -> {
			assertThat(ex.path()).hasToString("/a");
			assertThat(ex.incarnation()).isOne();
			assertThat(ex.reason()).isEqualTo(ExitReason.killed());
		});
	}

	@Test
	void messagesThatStillWaitedAreReturnedToTheirAskers() {
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(AgentSpec.builder("slow", Object.class, () -> new SlowAnswer()).build()));
		TestSubscriber<String> first = subscribe(system.agent("/slow").ask("one", String.class));
		TestSubscriber<String> second = subscribe(system.agent("/slow").ask("two", String.class));
		TestSubscriber<String> third = TestSubscriber.create();
		system.agent("/slow").stream("three", String.class).subscribe(third);

		system.close();

		assertThat(first.getReceivedOnNext()).containsExactly("done one");
		assertThat(second.expectTerminalError()).isInstanceOf(AgentExitedException.class)
			.hasMessageContaining("/slow")
			.hasMessageContaining("shutdown");
		assertThat(third.expectTerminalError()).isInstanceOf(AgentExitedException.class);
	}

	@Test
	void stoppingSystemTakesNoMoreMessages() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()));
		system.agent("/a").tell(ProbeCommand.refuseToStop());
		subscribe(system.system().stop());

		assertThat(system.agent("/a").tell("x")).isEqualTo(SendResult.STOPPING);
		assertThat(system.failureOf(system.agent("/a").ask("x", String.class))).isInstanceOfSatisfying(
				MessageRejectedException.class, (ex) -> assertThat(ex.result()).isEqualTo(SendResult.STOPPING));
		system.close();
	}

	@Test
	void stopInTimeLeavesNoDeadlineBehind() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()), this.probes)) {
			system.resultOf(system.supervisor("/").terminateChild("a"));
			system.resultOf(system.supervisor("/").restartChild("a"));

			system.advance(Duration.ofMinutes(1));

			assertThat(system.events().of(AgentEvent.ShutdownTimedOut.class)).isEmpty();
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2);
		}
	}

	@Test
	void cleanupHasWhatIsLeftOfTheShutdownTime() {
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(AgentSpec.builder("slow", Object.class, () -> new SlowAnswer()).build()));
		subscribe(system.agent("/slow").ask("never clean up", String.class));
		TestSubscriber<Void> stop = subscribe(system.system().stop());

		system.advance(Duration.ofMillis(4999));
		assertThat(stop.isTerminated()).isFalse();
		system.advance(Duration.ofMillis(1));

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(exits(system, "/slow")).containsExactly(ExitReason.killed());
		assertThat(system.events().of(AgentEvent.ShutdownTimedOut.class)).hasSize(1);
	}

	@Test
	void stopDuringARestartKeepsTheReverseOrder() {
		this.a.onStart(2, StartAnswer.HANG);
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec(), this.c.spec()),
				this.probes);
		system.agent("/a").tell(ProbeCommand.fail());
		this.probes.clear();
		TestSubscriber<Void> stop = subscribe(system.system().stop());

		this.a.releaseStart();

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(this.probes.lines(ProbeEvent.STOP)).containsExactly("c stop shutdown", "b stop shutdown",
				"a stop shutdown");
	}

	@Test
	void shutdownTimeCountsFromTheStopEvenIfTheStartHasHardlyBegun() {
		this.a.onStart(1, StartAnswer.HANG);
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec())).build();
		TestSubscriber<Void> stop = TestSubscriber.create();
		system.scheduler().schedule(() -> {
			system.system().start().subscribe(TestSubscriber.create());
			system.system().stop().subscribe(stop);
		});
		assertThat(stop.isTerminated()).isFalse();

		system.advance(Duration.ofSeconds(5));

		assertThat(stop.isTerminatedComplete()).isTrue();
	}

	@Test
	void secondStopWaitsForTheFirst() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()));
		system.agent("/a").tell(ProbeCommand.refuseToStop());
		TestSubscriber<Void> first = subscribe(system.system().stop());
		TestSubscriber<Void> second = subscribe(system.system().stop());
		assertThat(second.isTerminated()).isFalse();

		system.advance(Duration.ofSeconds(5));

		assertThat(first.isTerminatedComplete()).isTrue();
		assertThat(second.isTerminatedComplete()).isTrue();
	}

	private TestAgentSystem dynamic(ChildSpec... children) {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()),
				this.probes);
		for (ChildSpec child : children) {
			system.resultOf(system.supervisor("/d").startChild(child));
		}
		return system;
	}

	private static AgentSpec<Object> limited(AgentProbe probe, Shutdown shutdown) {
		UnaryOperator<AgentSpec.Builder<Object>> settings = (spec) -> spec.shutdown(shutdown);
		return probe.spec(settings);
	}

	private static List<ExitReason> exits(TestAgentSystem system, String path) {
		return system.events().at(path).of(AgentEvent.Exited.class).stream().map(AgentEvent.Exited::reason).toList();
	}

	private static <T> TestSubscriber<T> subscribe(Mono<T> mono) {
		TestSubscriber<T> subscriber = TestSubscriber.create();
		mono.subscribe(subscriber);
		return subscriber;
	}

	/**
	 * Takes two seconds for each message, and for ever to clean up if told so.
	 */
	private static final class SlowAnswer implements Behaviour<Object> {

		static final Duration TIME = Duration.ofSeconds(2);

		private Mono<Void> cleanup = Mono.empty();

		@Override
		public Mono<String> onMessage(Object message, AgentContext<Object> context) {
			this.cleanup = message.equals("never clean up") ? Mono.never() : Mono.empty();
			return Mono.delay(TIME, context.scheduler()).map((tick) -> "done " + message);
		}

		@Override
		public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
			return this.cleanup;
		}

	}

}
