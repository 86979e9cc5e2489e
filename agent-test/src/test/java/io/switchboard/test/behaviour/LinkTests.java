package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.Terminated;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lives that do not survive each other, and those that are told instead.
 */
class LinkTests {

	private static final ProbeFailure FAILURE = new ProbeFailure("told to fail");

	private final List<Object> log = new ArrayList<>();

	private TestAgentSystem system = start(agent("a"), agent("b"), agent("c"), listener("ear"));

	@AfterEach
	void close() {
		this.system.close();
	}

	static Stream<Named<ExitReason>> reasons() {
		return Stream
			.of(ExitReason.shutdown(), ExitReason.shutdown("done"), ExitReason.killed(), ExitReason.noProcess(),
					ExitReason.crash(FAILURE))
			.map((reason) -> Named.of(reason.kind(), reason));
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void partnerEndsWithTheSameReason(ExitReason reason) {
		link("/a", "/b");

		end("/b", reason);

		assertThat(exits()).containsExactly("/b#1 " + reason, "/a#1 " + reason);
		assertThat(this.log).contains("/a stops: " + reason);
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void linkWorksInBothDirections(ExitReason reason) {
		link("/a", "/b");

		end("/a", reason);

		assertThat(exits()).containsExactly("/a#1 " + reason, "/b#1 " + reason);
	}

	@Test
	void killedStaysKilled() {
		link("/a", "/b");

		this.system.resultOf(this.system.system().control(AgentPath.of("/b")).kill());

		assertThat(exits()).containsExactly("/b#1 killed", "/a#1 killed");
		assertThat(this.log).containsExactly("/a stops: killed");
	}

	@Test
	void stopOfOneStopsTheOther() {
		link("/a", "/b");

		this.system.resultOf(this.system.supervisor("/").terminateChild("b"));

		assertThat(exits()).containsExactly("/b#1 shutdown", "/a#1 shutdown");
		assertThat(this.system.tree()).hasNode("/b").withStatus(NodeStatus.STOPPED);
		assertThat(this.system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2);
	}

	@Test
	void normalEndDoesNothingToAPartnerThatDoesNotListen() {
		link("/a", "/b");

		end("/b", ExitReason.normal());
		end("/b", ExitReason.crash(FAILURE));

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1).withStatus(NodeStatus.RUNNING);
		assertThat(this.system.tree()).hasNode("/b").withIncarnation(3);
	}

	@Test
	void partnersSupervisorDecidesAsForAnyOtherEnd() {
		restartWith(agent("a", (spec) -> spec.restart(Restart.TRANSIENT)),
				agent("c", (spec) -> spec.restart(Restart.TEMPORARY)), agent("b"));
		link("/a", "/b");
		link("/c", "/b");

		end("/b", ExitReason.shutdown());

		assertThat(this.system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
		assertThat(this.system.tree().find(AgentPath.of("/c"))).isNull();
		assertThat(this.system.tree()).hasNode("/b").withIncarnation(2);
	}

	@Test
	void endOfAPartnerCountsAgainstTheBudget() {
		this.system.close();
		this.system = TestAgentSystem.start(Trees.root(agent("a"),
				SupervisorSpec.builder("group").intensity(Trees.perHour(0)).child(agent("b")).build()));
		link("/a", "/group/b");

		end("/a", ExitReason.crash(FAILURE));

		assertThat(this.system.events().of(AgentEvent.RestartBudgetSpent.class)).singleElement()
			.extracting(AgentEvent.RestartBudgetSpent::child)
			.isEqualTo(AgentPath.of("/group/b"));
	}

	@Test
	void linkHoldsForTwoLivesOnly() {
		link("/a", "/b");
		end("/b", ExitReason.crash(FAILURE));

		end("/b", ExitReason.crash(FAILURE));

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
		assertThat(this.system.tree()).hasNode("/b").withIncarnation(3);
	}

	@Test
	void linkToTheNextChildOfANameIsItsOwn() {
		restartWithSessions((spec) -> spec);
		this.system.resultOf(this.system.supervisor("/").startChild(listener("ear")));
		this.system.agent("/sessions/ann").tell("first");
		link("/ear", "/sessions/ann");
		Sinks.Empty<Void> busy = Sinks.empty();
		tell("/ear", (context) -> busy.asMono().doOnSuccess((nothing) -> context.link(AgentPath.of("/sessions/ann"))));

		this.system.resultOf(this.system.supervisor("/sessions").terminateChild("ann"));
		this.system.agent("/sessions/ann").tell("second");
		busy.tryEmitEmpty();
		assertThat(this.log).containsOnlyOnce(ended("/sessions/ann", 1, ExitReason.shutdown()));
		end("/sessions/ann", ExitReason.crash(FAILURE));

		assertThat(this.log).contains(ended("/sessions/ann", 1, ExitReason.crash(FAILURE)));
	}

	@Test
	void linkingTwiceIsOneLink() {
		link("/ear", "/b");
		link("/ear", "/b");
		link("/b", "/ear");

		end("/b", ExitReason.shutdown());

		assertThat(this.log).containsOnlyOnce(ended("/b", 1, ExitReason.shutdown()));
	}

	@Test
	void unlinkingOnceEndsALinkThatWasMadeTwice() {
		link("/a", "/b");
		link("/b", "/a");
		unlink("/a", "/b");

		end("/b", ExitReason.crash(FAILURE));

		assertThat(exits()).hasSize(1);
	}

	@Test
	void eitherSideCanUnlink() {
		link("/a", "/b");
		unlink("/b", "/a");

		end("/a", ExitReason.crash(FAILURE));

		assertThat(exits()).hasSize(1);
	}

	@Test
	void unlinkedPairCanBeLinkedAgain() {
		link("/a", "/b");
		unlink("/a", "/b");
		link("/a", "/b");

		end("/b", ExitReason.shutdown());

		assertThat(exits()).containsExactly("/b#1 shutdown", "/a#1 shutdown");
	}

	@Test
	void unlinkingStrangersDoesNothing() {
		link("/a", "/b");
		unlink("/a", "/c");
		unlink("/a", "/nobody");

		end("/b", ExitReason.shutdown());

		assertThat(exits()).containsExactly("/b#1 shutdown", "/a#1 shutdown");
	}

	@Test
	void endsRunThroughAChainOfLinks() {
		link("/a", "/b");
		link("/b", "/c");

		end("/a", ExitReason.crash(FAILURE));

		assertThat(exits()).hasSize(3);
		assertThat(this.system.tree()).hasNode("/c").withIncarnation(2).withLastExit(ExitReason.crash(FAILURE));
	}

	@Test
	void ringOfLinksEndsOnceEach() {
		link("/a", "/b");
		link("/b", "/c");
		link("/c", "/a");

		end("/a", ExitReason.crash(FAILURE));

		assertThat(exits()).hasSize(3);
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
	}

	@Test
	void linkToOneselfHasNoEffect() {
		link("/a", "/a");

		assertThat(exits()).isEmpty();
		end("/a", ExitReason.shutdown());

		assertThat(exits()).containsExactly("/a#1 shutdown");
	}

	@Test
	void linkToNobodyEndsTheOneWhoMadeIt() {
		link("/a", "/nobody");

		assertThat(exits()).containsExactly("/a#1 noproc");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
	}

	@Test
	void linkToTheDeadEndsTheOneWhoMadeIt() {
		this.system.resultOf(this.system.supervisor("/").terminateChild("b"));

		link("/a", "/b");

		assertThat(exits()).containsExactly("/b#1 shutdown", "/a#1 noproc");
	}

	@Test
	void listenerThatLinksToNobodyIsTold() {
		link("/ear", "/nobody");

		assertThat(this.log).containsExactly(ended("/nobody", 0, ExitReason.noProcess()));
		assertThat(exits()).isEmpty();
	}

	@Test
	void unlinkComesInTimeForAnEndThatIsOnItsWay() {
		tell("/a", (context) -> {
			context.link(AgentPath.of("/nobody"));
			context.unlink(AgentPath.of("/nobody"));
			return Mono.empty();
		});
		this.system.advance(Duration.ofMinutes(1));

		assertThat(exits()).isEmpty();
	}

	@Test
	void unlinkTakesANoticeBackThatWaitsInTheMailbox() {
		Sinks.Empty<Void> busy = Sinks.empty();
		link("/ear", "/b");
		tell("/ear", (context) -> busy.asMono().doOnSuccess((nothing) -> context.unlink(AgentPath.of("/b"))));
		end("/b", ExitReason.shutdown());

		busy.tryEmitEmpty();

		assertThat(this.log).containsExactly("/b stops: shutdown");
	}

	@Test
	void handlerInHandIsCutOffAndItsAskerTold() {
		Sinks.Empty<Void> never = Sinks.empty();
		link("/a", "/b");
		TestSubscriber<Object> asker = TestSubscriber.create();
		this.system.agent("/a").ask((Act) (context) -> never.asMono(), Object.class).subscribe(asker);

		end("/b", ExitReason.shutdown("done"));

		assertThat(asker.expectTerminalError()).isInstanceOf(AgentExitedException.class)
			.hasMessageContaining("'/a' (incarnation 1)")
			.hasMessageContaining("shutdown (done)");
		assertThat(never.currentSubscriberCount()).isZero();
		assertThat(this.log).contains("/a stops: shutdown (done)");
	}

	@Test
	void waitingMessagesAreHandledByTheNextLife() {
		Sinks.Empty<Void> never = Sinks.empty();
		link("/a", "/b");
		tell("/a", (context) -> never.asMono());
		tell("/a", (context) -> Mono.fromRunnable(() -> this.log.add("life " + context.incarnation())));

		end("/b", ExitReason.crash(FAILURE));

		assertThat(this.log).last().isEqualTo("life 2");
	}

	@Test
	void cleanupIsBoundedByTheShutdownTime() {
		restartWith(agent("a", (spec) -> spec.shutdown(Shutdown.after(Duration.ofSeconds(2)))), agent("b"));
		tell("/a", (context) -> Mono.fromRunnable(() -> this.log.add("refuse")));
		link("/a", "/b");

		end("/b", ExitReason.shutdown());
		assertThat(exits()).containsExactly("/b#1 shutdown");
		this.system.advance(Duration.ofSeconds(2));

		assertThat(exits()).containsExactly("/b#1 shutdown", "/a#1 killed");
		assertThat(this.system.events().of(AgentEvent.ShutdownTimedOut.class)).hasSize(1);
	}

	@Test
	void endOfAPartnerOvertakesAStopThatWaitsForTheHandler() {
		Sinks.Empty<Void> never = Sinks.empty();
		link("/a", "/b");
		tell("/a", (context) -> never.asMono());
		TestSubscriber<Void> stopped = TestSubscriber.create();
		this.system.supervisor("/").terminateChild("a").subscribe(stopped);
		assertThat(stopped.isTerminated()).isFalse();

		end("/b", ExitReason.crash(FAILURE));

		assertThat(stopped.isTerminatedComplete()).isTrue();
		assertThat(this.system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED).withLastExit(ExitReason.shutdown());
	}

	@Test
	void suspendedPartnerEnds() {
		link("/a", "/b");
		this.system.resultOf(this.system.system().control(AgentPath.of("/a")).suspend());

		end("/b", ExitReason.crash(FAILURE));

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2).withStatus(NodeStatus.RUNNING);
	}

	@Test
	void lifeThatIsStartingFailsToStart() {
		AgentSpec<Object> slow = AgentSpec.builder("slow", Object.class, () -> new Starts((context) -> {
			context.link(AgentPath.of("/b"));
			return Mono.never();
		})).build();
		TestSubscriber<AgentPath> started = TestSubscriber.create();
		this.system.supervisor("/").startChild(slow).map((any) -> AgentPath.ROOT).subscribe(started);

		end("/b", ExitReason.crash(FAILURE));

		assertThat(started.expectTerminalError()).hasRootCause(FAILURE);
		assertThat(this.system.tree().find(AgentPath.of("/slow"))).isNull();
	}

	@Test
	void startThatLinksToNobodyFails() {
		AgentSpec<Object> lonely = AgentSpec.builder("lonely", Object.class, () -> new Starts((context) -> {
			context.link(AgentPath.of("/nobody"));
			return Mono.never();
		})).build();
		TestSubscriber<Object> started = TestSubscriber.create();

		this.system.supervisor("/").startChild(lonely).subscribe(started);

		assertThat(started.isTerminatedError()).isTrue();
		assertThat(this.system.events().of(AgentEvent.StartFailed.class)).singleElement()
			.extracting(AgentEvent.StartFailed::reason)
			.isEqualTo(ExitReason.noProcess());
	}

	@Test
	void partnerThatIsStartingIsLinked() {
		Sinks.Empty<Void> gate = Sinks.empty();
		AgentSpec<Object> slow = AgentSpec.builder("slow", Object.class, () -> new Starts((context) -> gate.asMono()))
			.build();
		this.system.supervisor("/").startChild(slow).subscribe(TestSubscriber.create());
		link("/a", "/slow");

		gate.tryEmitError(FAILURE);

		assertThat(exits()).containsExactly("/a#1 " + ExitReason.crash(FAILURE));
	}

	@Test
	void partnerThatIsYetToStartHearsOfAnEndBeforeItsStart() {
		restartWithSessions((spec) -> spec);

		tell("/a", (context) -> {
			context.agent(AgentPath.of("/sessions/ann")).tell("hello");
			context.link(AgentPath.of("/sessions/ann"));
			return Mono.error(FAILURE);
		});

		assertThat(this.system.events().of(AgentEvent.StartFailed.class)).singleElement().satisfies((failed) -> {
			assertThat(failed.path()).isEqualTo(AgentPath.of("/sessions/ann"));
			assertThat(failed.reason()).isEqualTo(ExitReason.crash(FAILURE));
		});
		assertThat(this.log).containsExactly("/a stops: " + ExitReason.crash(FAILURE));
	}

	@Test
	void listenerThatIsYetToStartIsToldOfAnEndBeforeItsStart() {
		restartWithSessions((spec) -> spec.onLinkedExit((end) -> end));

		tell("/a", (context) -> {
			context.agent(AgentPath.of("/sessions/ann")).tell("hello");
			context.link(AgentPath.of("/sessions/ann"));
			return Mono.error(FAILURE);
		});

		assertThat(this.log).contains("hello", ended("/a", 1, ExitReason.crash(FAILURE)));
	}

	@Test
	void partnerThatIsRefusedWasNeverThere() {
		restartWithSessions((spec) -> spec);
		this.system.agent("/sessions/ann").tell("hello");

		tell("/a", (context) -> {
			context.agent(AgentPath.of("/sessions/bob")).tell("hello");
			context.link(AgentPath.of("/sessions/bob"));
			return Mono.empty();
		});

		assertThat(exits()).containsExactly("/a#1 noproc");
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void listenerIsToldInsteadOfEnded(ExitReason reason) {
		link("/ear", "/b");

		end("/b", reason);

		assertThat(this.log).contains(ended("/b", 1, reason));
		assertThat(this.system.tree()).hasNode("/ear").withIncarnation(1);
	}

	@Test
	void listenerIsToldOfNormalEndsToo() {
		link("/b", "/ear");

		end("/b", ExitReason.normal());

		assertThat(this.log).contains(ended("/b", 1, ExitReason.normal()));
	}

	@Test
	void listenersOwnEndEndsItsPartner() {
		link("/ear", "/b");

		end("/ear", ExitReason.crash(FAILURE));

		assertThat(exits()).containsExactly("/ear#1 " + ExitReason.crash(FAILURE), "/b#1 " + ExitReason.crash(FAILURE));
	}

	@Test
	void noticeOfALinkEndsWithTheLifeItIsFor() {
		Sinks.Empty<Void> busy = Sinks.empty();
		link("/ear", "/b");
		tell("/ear", (context) -> busy.asMono());
		end("/b", ExitReason.shutdown());

		busy.tryEmitError(FAILURE);

		assertThat(this.log).doesNotHaveAnyElementsOfTypes(Terminated.class);
	}

	@Test
	@Conforms("E12")
	void supervisorIgnoresTheEndOfALinkedStranger() {
		this.system.close();
		this.system = TestAgentSystem.start(Trees.root(agent("a"),
				SupervisorSpec.builder("group").intensity(Trees.perHour(0)).child(agent("b")).build()));
		link("/a", "/group");

		end("/a", ExitReason.crash(FAILURE));
		SendResult unknown = this.system.agent("/group").tell("hello");

		assertThat(unknown).isEqualTo(SendResult.NO_PROCESS);
		assertThat(this.system.tree()).hasNode("/group").withIncarnation(1).withStatus(NodeStatus.RUNNING);
		assertThat(this.system.tree()).hasNode("/group/b").withIncarnation(1).withStatus(NodeStatus.RUNNING);
	}

	@Test
	void endOfASupervisorEndsTheAgentThatIsLinkedToIt() {
		this.system.close();
		this.system = TestAgentSystem
			.start(Trees.root(agent("a"), SupervisorSpec.builder("group").child(agent("b")).build()));
		link("/a", "/group");

		this.system.resultOf(this.system.system().control(AgentPath.of("/group")).kill());

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2).withLastExit(ExitReason.killed());
	}

	@Test
	@Conforms("I9")
	void childThatDetachesItselfIsTerminatedAllTheSame() {
		link("/a", "/");
		unlink("/a", "/");

		this.system.resultOf(this.system.supervisor("/").terminateChild("a"));

		assertThat(this.system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED).withLastExit(ExitReason.shutdown());
	}

	@Test
	void siblingsThatAreLinkedAndRestartedTogetherDoNotDieTwice() {
		this.system.close();
		this.system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ALL, 1, agent("a"), agent("b")));
		link("/a", "/b");

		end("/a", ExitReason.crash(FAILURE));

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2).withStatus(NodeStatus.RUNNING);
		assertThat(this.system.tree()).hasNode("/b").withIncarnation(2).withStatus(NodeStatus.RUNNING);
	}

	@Test
	void oldContextCannotLink() {
		List<AgentContext<Object>> old = new ArrayList<>();
		tell("/a", (context) -> {
			old.add(context);
			return Mono.error(FAILURE);
		});

		old.get(0).link(AgentPath.of("/b"));
		old.get(0).unlink(AgentPath.of("/b"));
		end("/b", ExitReason.crash(FAILURE));

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
		assertThat(this.system.events().of(AgentEvent.StaleDropped.class)).singleElement()
			.extracting(AgentEvent.StaleDropped::what)
			.isEqualTo("link");
	}

	private void link(String from, String to) {
		tell(from, (context) -> {
			context.link(AgentPath.of(to));
			return Mono.empty();
		});
	}

	private void unlink(String from, String to) {
		tell(from, (context) -> {
			context.unlink(AgentPath.of(to));
			return Mono.empty();
		});
	}

	private void end(String path, ExitReason reason) {
		tell(path, (context) -> {
			if (reason.cause() != null) {
				return Mono.error(reason.cause());
			}
			context.stop(reason);
			return Mono.empty();
		});
	}

	private void tell(String path, Act act) {
		this.system.agent(path).tell(act);
	}

	private List<String> exits() {
		return this.system.events()
			.of(AgentEvent.Exited.class)
			.stream()
			.map((exited) -> exited.path() + "#" + exited.incarnation() + " " + exited.reason())
			.toList();
	}

	private void restartWithSessions(UnaryOperator<AgentSpec.Builder<Object>> settings) {
		this.system.close();
		this.log.clear();
		this.system = TestAgentSystem.start(Trees.root(agent("a"),
				DynamicSupervisorSpec.builder("sessions")
					.maxChildren(1)
					.template((key) -> agent(key, settings))
					.build()));
	}

	private void restartWith(AgentSpec<?>... children) {
		this.system.close();
		this.system = start(children);
	}

	private static TestAgentSystem start(AgentSpec<?>... children) {
		return TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ONE, 10, children));
	}

	private AgentSpec<Object> agent(String name) {
		return agent(name, UnaryOperator.identity());
	}

	private AgentSpec<Object> agent(String name, UnaryOperator<AgentSpec.Builder<Object>> settings) {
		return settings.apply(AgentSpec.builder(name, Object.class, Actor::new)).build();
	}

	private AgentSpec<Object> listener(String name) {
		return agent(name, (spec) -> spec.onLinkedExit((end) -> end));
	}

	private static Terminated ended(String path, long incarnation, ExitReason reason) {
		return new Terminated(AgentPath.of(path), incarnation, reason);
	}

	/**
	 * Performs what it is told, and writes down what else it hears.
	 */
	private final class Actor implements Behaviour<Object> {

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) throws Exception {
			if (message instanceof Act act) {
				return act.perform(context);
			}
			LinkTests.this.log.add(message);
			return Mono.empty();
		}

		@Override
		public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
			boolean refuses = context.path().name().equals("a") && LinkTests.this.log.contains("refuse");
			LinkTests.this.log.add(context.path() + " stops: " + reason);
			return refuses ? Mono.never() : Mono.empty();
		}

	}

	/**
	 * Starts as it is told.
	 */
	private record Starts(Start start) implements Behaviour<Object> {

		@Override
		public Mono<Void> onStart(AgentContext<Object> context) {
			return this.start.begin(context);
		}

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			return Mono.empty();
		}

		/**
		 * What to do in the start.
		 */
		@FunctionalInterface
		interface Start {

			Mono<Void> begin(AgentContext<Object> context);

		}

	}

}
