package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.Monitor;
import io.switchboard.Terminated;
import io.switchboard.event.AgentEvent;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Watching the lives of other nodes.
 */
class MonitorTests {

	private static final ExitReason NOBODY = ExitReason.noProcess();

	private static final ExitReason NORMAL = ExitReason.normal();

	private final Probes probes = new Probes();

	private final AgentProbe target = this.probes.agent("target");

	private final List<Object> heard = new ArrayList<>();

	private final AtomicReference<Monitor> monitor = new AtomicReference<>();

	private TestAgentSystem system = TestAgentSystem
		.start(Trees.root(Strategy.ONE_FOR_ONE, 10, watcher(), this.target.spec()), this.probes);

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	@Conforms("N21")
	void monitorsGiveOneNoticeEachAndACancelledOneGivesNone() {
		watch("/target");
		watch("/target");
		watch("/target");
		assertThat(this.monitor.get().cancel()).isTrue();

		tell("/target", ProbeCommand.end());

		assertThat(this.heard).containsExactly(ended("/target", 1, NORMAL), ended("/target", 1, NORMAL));
	}

	@Test
	@Conforms("N21")
	void monitorOfNobodySaysSoAtOnce() {
		watch("/nobody");

		assertThat(this.heard).containsExactly(ended("/nobody", 0, NOBODY));
	}

	@Test
	@Conforms("N21")
	void monitorOfTheDeadSaysSoAtOnce() {
		this.system.resultOf(this.system.supervisor("/").terminateChild("target"));

		watch("/target");

		assertThat(this.heard).containsExactly(ended("/target", 0, NOBODY));
	}

	@Test
	void noticeCarriesTheReasonOfTheEnd() {
		ProbeFailure failure = new ProbeFailure("broken");
		List.of(ProbeCommand.shutdown("done"), ProbeCommand.fail(failure)).forEach((command) -> {
			watch("/target");
			tell("/target", command);
		});
		watch("/target");
		this.system.resultOf(this.system.system().control(AgentPath.of("/target")).kill());

		assertThat(this.heard).containsExactly(ended("/target", 1, ExitReason.shutdown("done")),
				ended("/target", 2, ExitReason.crash(failure)), ended("/target", 3, ExitReason.killed()));
	}

	@Test
	void cleanupsFailureIsTheReason() {
		ProbeFailure failure = new ProbeFailure("cleanup");
		tell("/target", ProbeCommand.failOnStop(failure));
		watch("/target");

		tell("/target", ProbeCommand.end());

		assertThat(this.heard).containsExactly(ended("/target", 1, ExitReason.crash(failure)));
	}

	@Test
	void eachLifeIsWatchedAnew() {
		watch("/target");
		tell("/target", ProbeCommand.fail());
		tell("/target", ProbeCommand.end());
		assertThat(this.heard).hasSize(1);

		watch("/target");
		tell("/target", ProbeCommand.shutdown());

		assertThat(this.heard).last().isEqualTo(ended("/target", 3, ExitReason.shutdown()));
	}

	@Test
	void watcherThatIsToldFindsTheNextLifeOnItsWay() {
		tell("/watcher", (Act) (context) -> {
			context.monitor(AgentPath.of("/target"), (end) -> (Act) (again) -> {
				this.heard.add(end);
				watch(again, "/target");
				return Mono.empty();
			});
			return Mono.empty();
		});
		tell("/target", ProbeCommand.end());

		tell("/target", ProbeCommand.shutdown());

		assertThat(this.heard).containsExactly(ended("/target", 1, NORMAL), ended("/target", 2, ExitReason.shutdown()));
	}

	@Test
	void lifeThatIsStartingIsWatched() {
		AgentProbe slow = this.probes.agent("slow").onStart(1, StartAnswer.HANG);
		this.system.supervisor("/").startChild(slow.spec()).subscribe(TestSubscriber.create());
		watch("/slow");

		slow.releaseStart();
		assertThat(this.heard).isEmpty();
		tell("/slow", ProbeCommand.end());

		assertThat(this.heard).containsExactly(ended("/slow", 1, NORMAL));
	}

	@Test
	void failedStartIsTheEndOfALife() {
		AgentProbe slow = this.probes.agent("slow").onStart(1, StartAnswer.HANG);
		this.system.supervisor("/")
			.startChild(slow.spec((spec) -> spec.startTimeout(Duration.ofSeconds(3))))
			.subscribe(TestSubscriber.create());
		watch("/slow");

		this.system.advance(Duration.ofSeconds(3));

		assertThat(this.heard).singleElement().isInstanceOfSatisfying(Terminated.class, (end) -> {
			assertThat(end.incarnation()).isOne();
			assertThat(end.reason()).isInstanceOf(ExitReason.Crash.class);
		});
	}

	@Test
	void ignoredStartIsANormalEnd() {
		Sinks.Empty<Void> gate = Sinks.empty();
		AgentSpec<Object> declines = AgentSpec.builder("declines", Object.class, () -> new Declines(gate.asMono()))
			.build();
		this.system.supervisor("/").startChild(declines).subscribe(TestSubscriber.create());
		watch("/declines");

		gate.tryEmitEmpty();

		assertThat(this.heard).containsExactly(ended("/declines", 1, NORMAL));
	}

	@Test
	void childThatATemplateIsToMakeIsWatchedFromItsFirstMessageOn() {
		restartWith(Trees.root(watcher(), sessions(1)));
		tell("/watcher", (Act) (context) -> {
			context.agent(AgentPath.of("/sessions/ann")).tell(ProbeCommand.end());
			watch(context, "/sessions/ann");
			return Mono.empty();
		});

		assertThat(this.heard).containsExactly(ended("/sessions/ann", 1, NORMAL));
	}

	@Test
	void childThatIsRefusedWasNeverThere() {
		restartWith(Trees.root(watcher(), sessions(1)));
		tell("/sessions/ann", "hello");
		tell("/watcher", (Act) (context) -> {
			context.agent(AgentPath.of("/sessions/bob")).tell("hello");
			watch(context, "/sessions/bob");
			return Mono.empty();
		});

		assertThat(this.heard).containsExactly(ended("/sessions/bob", 0, NOBODY));
	}

	@Test
	void watchingStartsNobody() {
		restartWith(Trees.root(watcher(), sessions(1)));

		watch("/sessions/ann");

		assertThat(this.heard).containsExactly(ended("/sessions/ann", 0, NOBODY));
		assertThat(this.system.tree().find(AgentPath.of("/sessions/ann"))).isNull();
	}

	@Test
	void supervisorsOfAllKindsAreWatched() {
		restartWith(
				Trees.root(watcher(), sessions(1), SupervisorSpec.builder("group").child(this.target.spec()).build()));
		watch("/sessions");
		watch("/group");

		this.system.resultOf(this.system.system().control(AgentPath.of("/group")).kill());
		this.system.resultOf(this.system.supervisor("/").terminateChild("sessions"));

		assertThat(this.heard).containsExactly(ended("/group", 1, ExitReason.killed()),
				ended("/sessions", 1, ExitReason.shutdown()));
	}

	@Test
	void supervisorThatGivesUpIsHeardOf() {
		restartWith(Trees.root(watcher(),
				SupervisorSpec.builder("group").intensity(Trees.perHour(0)).child(this.target.spec()).build()));
		watch("/group");
		watch("/group/target");

		tell("/group/target", ProbeCommand.fail());

		assertThat(this.heard).hasSize(2)
			.allSatisfy((end) -> assertThat(((Terminated) end).incarnation()).isOne())
			.extracting((end) -> ((Terminated) end).reason().kind())
			.containsExactly("crash", "shutdown");
	}

	@Test
	@Conforms("N21")
	void cancelledMonitorGivesNoNoticeEvenIfItWaitsInTheMailbox() {
		Sinks.Empty<Void> busy = Sinks.empty();
		watch("/target");
		tell("/watcher", (Act) (context) -> busy.asMono());
		tell("/target", ProbeCommand.end());

		assertThat(this.monitor.get().cancel()).isTrue();
		busy.tryEmitEmpty();

		assertThat(this.heard).isEmpty();
		assertThat(stale()).isEmpty();
	}

	@Test
	void cancelAfterTheNoticeComesTooLate() {
		watch("/target");
		tell("/target", ProbeCommand.end());

		assertThat(this.heard).hasSize(1);
		assertThat(this.monitor.get().cancel()).isFalse();
	}

	@Test
	void cancelTellsTheSameWhenRepeated() {
		watch("/target");
		this.monitor.get().cancel();

		assertThat(this.monitor.get().cancel()).isTrue();
		assertThat(this.monitor.get().path()).isEqualTo(AgentPath.of("/target"));
	}

	@Test
	void noticeThatIsWithdrawnDoesNotDisturbAnIdleAgent() {
		Sinks.Empty<Void> busy = Sinks.empty();
		watch("/target");
		tell("/watcher", (Act) (context) -> {
			context.sendWhenIdle(Duration.ofSeconds(5), "idle");
			return busy.asMono();
		});
		tell("/target", ProbeCommand.end());
		this.monitor.get().cancel();
		busy.tryEmitEmpty();

		this.system.advance(Duration.ofSeconds(5));

		assertThat(this.heard).containsExactly("idle");
	}

	@Test
	void functionRunsWhenTheNoticeIsHandled() {
		Sinks.Empty<Void> busy = Sinks.empty();
		tell("/watcher", (Act) (context) -> {
			context.monitor(AgentPath.of("/target"), (end) -> {
				this.heard.add("made");
				return end;
			});
			return Mono.empty();
		});
		tell("/watcher", (Act) (context) -> busy.asMono());
		tell("/target", ProbeCommand.end());
		assertThat(this.heard).isEmpty();

		busy.tryEmitEmpty();

		assertThat(this.heard).containsExactly("made", ended("/target", 1, NORMAL));
	}

	@Test
	void exceptionOfTheFunctionCrashesTheWatcher() {
		ProbeFailure failure = new ProbeFailure("no message");
		tell("/watcher", (Act) (context) -> {
			context.monitor(AgentPath.of("/target"), (end) -> {
				throw failure;
			});
			return Mono.empty();
		});

		tell("/target", ProbeCommand.end());

		assertThat(this.system.tree()).hasNode("/watcher").withIncarnation(2).withLastExit(ExitReason.crash(failure));
	}

	@Test
	void messageOfATypeThatIsNotTakenCrashesTheWatcher() {
		restartWith(Trees.root(watcher((spec) -> spec.messageTypes(Set.of(Act.class)))));

		watch("/nobody");

		assertThat(this.system.events().of(AgentEvent.Exited.class)).singleElement()
			.extracting((exited) -> exited.reason().cause().getMessage())
			.asString()
			.contains("'/watcher'", "Terminated", "'/nobody'", "does not take");
	}

	@Test
	void noticeThatIsPutAsideComesAgain() {
		tell("/watcher", (Act) (context) -> {
			context.monitor(AgentPath.of("/target"), (end) -> (Act) (later) -> {
				if (this.heard.isEmpty()) {
					this.heard.add("aside");
					later.stash();
				}
				else {
					this.heard.add(end);
				}
				return Mono.empty();
			});
			return Mono.empty();
		});
		tell("/target", ProbeCommand.end());

		tell("/watcher", (Act) (context) -> {
			context.unstashAll();
			return Mono.empty();
		});

		assertThat(this.heard).containsExactly("aside", ended("/target", 1, NORMAL));
	}

	@Test
	void noticeComesAfterAllThatTheDeadHadSent() {
		this.system.resultOf(this.system.supervisor("/").startChild(Act.agent("talker")));
		Sinks.Empty<Void> busy = Sinks.empty();
		watch("/talker");
		tell("/watcher", (Act) (context) -> busy.asMono());
		tell("/talker", (Act) (context) -> {
			context.agent(AgentPath.of("/watcher")).tell("one");
			context.agent(AgentPath.of("/watcher")).tell("two");
			context.stop();
			return Mono.empty();
		});
		tell("/watcher", "three");

		busy.tryEmitEmpty();

		assertThat(this.heard).containsExactly("one", "two", ended("/talker", 1, NORMAL), "three");
	}

	@Test
	void fullMailboxDoesNotRefuseNotices() {
		fullMailbox(OverflowPolicy.REJECT);

		assertThat(this.heard).containsExactly("first", ended("/target", 1, NORMAL));
		assertThat(this.system.events().of(AgentEvent.DeadLetter.class)).hasSize(1);
	}

	@Test
	void noticesDoNotGoForNewerMessages() {
		fullMailbox(OverflowPolicy.DROP_OLDEST);

		assertThat(this.heard).containsExactly(ended("/target", 1, NORMAL), "second");
		assertThat(this.system.events().of(AgentEvent.DeadLetter.class)).hasSize(1);
	}

	@Test
	void noticeIsDroppedWithTheLifeThatItIsFor() {
		Sinks.Empty<Void> busy = Sinks.empty();
		watch("/target");
		tell("/watcher", (Act) (context) -> busy.asMono());
		tell("/target", ProbeCommand.end());

		busy.tryEmitError(new ProbeFailure("crash"));

		assertThat(this.heard).isEmpty();
		assertThat(stale()).containsExactly("/watcher#1 notice");
	}

	@Test
	void noticeThatWaitsForAStoppedAgentIsDroppedAsStale() {
		Sinks.Empty<Void> busy = Sinks.empty();
		watch("/target");
		tell("/watcher", (Act) (context) -> busy.asMono());
		tell("/target", ProbeCommand.end());
		this.system.supervisor("/").terminateChild("watcher").subscribe(TestSubscriber.create());

		busy.tryEmitEmpty();

		assertThat(this.heard).isEmpty();
		assertThat(stale()).containsExactly("/watcher#1 notice");
		assertThat(this.system.events().of(AgentEvent.DeadLetter.class)).isEmpty();
	}

	@Test
	void monitorEndsWithTheLifeThatMadeIt() {
		watch("/target");
		tell("/watcher", new ProbeFailure("crash"));

		tell("/target", ProbeCommand.end());

		assertThat(this.heard).isEmpty();
		assertThat(stale()).isEmpty();
		assertThat(this.monitor.get().cancel()).isTrue();
	}

	@Test
	void oldContextCannotWatch() {
		AtomicReference<AgentContext<Object>> old = new AtomicReference<>();
		tell("/watcher", (Act) (context) -> {
			old.set(context);
			return Mono.error(new ProbeFailure("crash"));
		});

		Monitor late = old.get().monitor(AgentPath.of("/target"), (end) -> end);
		tell("/target", ProbeCommand.end());

		assertThat(late.cancel()).isTrue();
		assertThat(this.heard).isEmpty();
		assertThat(stale()).containsExactly("/watcher#1 monitor");
	}

	@Test
	void watchingOneselfGivesNoNotice() {
		watch("/watcher");

		tell("/watcher", new ProbeFailure("crash"));

		assertThat(this.heard).isEmpty();
	}

	@Test
	void everyEndIsHeardOfWhenTheSystemStops() {
		TestSubscriber<Terminated> agent = whenTerminated("/target");
		TestSubscriber<Terminated> root = whenTerminated("/");

		this.system.close();

		assertThat(agent.getReceivedOnNext()).containsExactly(ended("/target", 1, ExitReason.shutdown()));
		assertThat(root.getReceivedOnNext()).containsExactly(ended("/", 1, ExitReason.shutdown()));
		assertThat(whenTerminated("/target").getReceivedOnNext()).containsExactly(ended("/target", 0, NOBODY));
	}

	@Test
	void applicationIsToldOnce() {
		TestSubscriber<Terminated> told = whenTerminated("/target");
		assertThat(told.isTerminated()).isFalse();

		tell("/target", ProbeCommand.end());
		tell("/target", ProbeCommand.end());

		assertThat(told.getReceivedOnNext()).containsExactly(ended("/target", 1, NORMAL));
		assertThat(told.isTerminatedComplete()).isTrue();
	}

	@Test
	void applicationThatCancelsIsNotTold() {
		TestSubscriber<Terminated> told = whenTerminated("/target");
		told.cancel();

		tell("/target", ProbeCommand.end());

		assertThat(told.getReceivedOnNext()).isEmpty();
		assertThat(told.getProtocolErrors()).isEmpty();
	}

	@Test
	void killedTemporaryChildIsHeardOf() {
		this.system.resultOf(this.system.supervisor("/")
			.startChild(this.probes.agent("once")
				.spec((spec) -> spec.restart(Restart.TEMPORARY).shutdown(Shutdown.after(Duration.ofSeconds(1))))));
		watch("/once");
		tell("/once", ProbeCommand.hang());
		this.system.supervisor("/").terminateChild("once").subscribe(TestSubscriber.create());
		assertThat(this.heard).isEmpty();

		this.system.advance(Duration.ofSeconds(1));

		assertThat(this.heard).containsExactly(ended("/once", 1, ExitReason.killed()));
	}

	private void fullMailbox(OverflowPolicy overflow) {
		restartWith(Trees.root(watcher((spec) -> spec.mailbox(new MailboxSpec(1, overflow))), this.target.spec()));
		Sinks.Empty<Void> busy = Sinks.empty();
		watch("/target");
		tell("/watcher", (Act) (context) -> busy.asMono());
		tell("/watcher", "first");

		tell("/target", ProbeCommand.end());
		tell("/watcher", "second");
		assertThat(this.system.tree()).hasNode("/watcher").withMailboxSize(1);
		busy.tryEmitEmpty();
	}

	private void watch(String path) {
		tell("/watcher", (Act) (context) -> {
			watch(context, path);
			return Mono.empty();
		});
	}

	private void watch(AgentContext<Object> context, String path) {
		this.monitor.set(context.monitor(AgentPath.of(path), (end) -> end));
	}

	private void tell(String path, Object message) {
		this.system.agent(path).tell(message);
	}

	private TestSubscriber<Terminated> whenTerminated(String path) {
		TestSubscriber<Terminated> subscriber = TestSubscriber.create();
		this.system.system().whenTerminated(AgentPath.of(path)).subscribe(subscriber);
		return subscriber;
	}

	private List<String> stale() {
		return this.system.events()
			.of(AgentEvent.StaleDropped.class)
			.stream()
			.map((dropped) -> dropped.path() + "#" + dropped.incarnation() + " " + dropped.what())
			.toList();
	}

	private void restartWith(SupervisorSpec root) {
		this.system.close();
		this.system = TestAgentSystem.start(root, this.probes);
	}

	private AgentSpec<Object> watcher() {
		return watcher(UnaryOperator.identity());
	}

	private AgentSpec<Object> watcher(UnaryOperator<AgentSpec.Builder<Object>> settings) {
		return settings.apply(AgentSpec.builder("watcher", Object.class, () -> (message, context) -> {
			if (message instanceof Act act) {
				return act.perform(context);
			}
			if (message instanceof RuntimeException failure) {
				throw failure;
			}
			this.heard.add(message);
			return Mono.empty();
		})).build();
	}

	private DynamicSupervisorSpec sessions(int most) {
		return DynamicSupervisorSpec.builder("sessions")
			.maxChildren(most)
			.template((key) -> this.probes.agent(key).spec((spec) -> spec.restart(Restart.TEMPORARY)))
			.build();
	}

	private static Terminated ended(String path, long incarnation, ExitReason reason) {
		return new Terminated(AgentPath.of(path), incarnation, reason);
	}

	/**
	 * Declines its start when it may.
	 */
	private record Declines(Mono<Void> gate) implements Behaviour<Object> {

		@Override
		public Mono<Void> onStart(AgentContext<Object> context) {
			return this.gate.then(context.ignoreStart());
		}

		@Override
		public Mono<Void> onMessage(Object message, AgentContext<Object> context) {
			return Mono.empty();
		}

	}

}
