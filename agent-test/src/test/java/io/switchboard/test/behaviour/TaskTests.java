package io.switchboard.test.behaviour;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AskCycleException;
import io.switchboard.Behaviour;
import io.switchboard.Callers;
import io.switchboard.ExitReason;
import io.switchboard.RequestFailedException;
import io.switchboard.Task;
import io.switchboard.TaskTimeoutException;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.TaskSupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.test.Blockade;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;
import reactor.util.retry.Retry;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pieces of work as temporary children.
 */
class TaskTests {

	private static final AgentPath TASKS = AgentPath.of("/t");

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void answerArrivesWhenTheTaskIsGone() {
		try (TestAgentSystem system = start()) {
			List<String> log = new ArrayList<>();

			Mono<String> answer = tasks(system).run(() -> Flux.just("first", "last")).doOnNext((value) -> {
				log.add(value);
				assertThat(system.tree()).hasChildren("/t");
			});

			assertThat(log).isEmpty();
			assertThat(system.resultOf(answer)).isEqualTo("last");
			assertThat(log).containsExactly("last");
			assertThat(system.events().at("/t/task-1").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.normal()));
		}
	}

	@Test
	void workWithoutElementsAnswersNothing() {
		try (TestAgentSystem system = start()) {
			Mono<String> none = tasks(system).run(Mono::empty);
			Mono<String> nothing = tasks(system).runBlocking(() -> null);

			assertThat(system.<String>resultOf(none)).isNull();
			assertThat(system.<String>resultOf(nothing)).isNull();
		}
	}

	@Test
	void eachSubscriptionIsATaskOfItsOwn() {
		try (TestAgentSystem system = start()) {
			AtomicInteger begun = new AtomicInteger();
			Mono<Integer> task = tasks(system).named("order-lookup").run(() -> Mono.just(begun.incrementAndGet()));
			assertThat(begun).hasValue(0);

			assertThat(system.resultOf(task)).isEqualTo(1);
			assertThat(system.resultOf(task)).isEqualTo(2);

			assertThat(system.events().of(AgentEvent.Started.class)).extracting((started) -> started.path().toString())
				.contains("/t/order-lookup-1", "/t/order-lookup-2");
		}
	}

	@Test
	void runningTaskIsSeenInTheTree() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<String> waiting = TestSubscriber.create();
			Sinks.One<String> work = Sinks.one();

			tasks(system).named("lookup").run(work::asMono).subscribe(waiting);

			assertThat(system.tree()).hasChildren("/t", "lookup-1");
			work.tryEmitValue("done");
			assertThat(waiting.getReceivedOnNext()).containsExactly("done");
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void nameTakenByAChildIsPassedOver() {
		try (TestAgentSystem system = start()) {
			system.resultOf(system.supervisor("/t").startChild(new Probes().agent("task-1").spec()));

			assertThat(system.resultOf(tasks(system).run(() -> Mono.just("done")))).isEqualTo("done");

			assertThat(system.tree()).hasChildren("/t", "task-1");
			assertThat(system.tree()).hasNode("/t/task-1").withIncarnation(1);
		}
	}

	@Test
	void crashNamesPathAndReason() {
		try (TestAgentSystem system = start()) {
			Throwable failure = system.failureOf(tasks(system).run(() -> Mono.error(new ProbeFailure("broken"))));

			assertThat(failure).isInstanceOf(AgentExitedException.class)
				.hasMessageContaining("/t/task-1")
				.hasMessageContaining("broken")
				.hasCauseInstanceOf(ProbeFailure.class);
			assertThat(((AgentExitedException) failure).reason().kind()).isEqualTo("crash");
			assertThat(system.tree()).hasChildren("/t").hasNode("/t").withIncarnation(1);
		}
	}

	@Test
	void workThatCannotEvenBeMadeIsACrash() {
		try (TestAgentSystem system = start()) {
			Mono<String> thrown = tasks(system).run(() -> {
				throw new ProbeFailure("not made");
			});
			Mono<String> blocking = tasks(system).runBlocking(() -> {
				throw new IOException("not read");
			});

			assertThat(system.failureOf(thrown)).isInstanceOf(AgentExitedException.class)
				.hasRootCauseMessage("not made");
			assertThat(system.failureOf(blocking)).isInstanceOf(AgentExitedException.class)
				.hasRootCauseMessage("not read");
		}
	}

	@Test
	void answeredErrorIsPassedOnAndNoCrash() {
		try (TestAgentSystem system = start()) {
			RequestFailedException refusal = new RequestFailedException("no such order");

			assertThat(system.failureOf(tasks(system).run(() -> Mono.error(refusal)))).isSameAs(refusal);

			assertThat(system.events().at("/t/task-1").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.normal()));
		}
	}

	@Test
	void crashOfATaskDoesNotTouchTheAgent() {
		AgentSpec<String> agent = agent("a", (message, context) -> context.tasks(TASKS)
			.run(() -> Mono.<String>error(new ProbeFailure("broken")))
			.onErrorResume(AgentExitedException.class, (ex) -> Mono.just(ex.path() + " " + ex.reason().kind())));
		try (TestAgentSystem system = start(agent)) {
			assertThat(system.resultOf(system.agent("/a").ask("go", String.class))).isEqualTo("/t/task-1 crash");

			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
		}
	}

	@Test
	void cancellingEndsTheTaskAndLeavesNothing() {
		try (TestAgentSystem system = start()) {
			AtomicBoolean cancelled = new AtomicBoolean();
			Sinks.Many<String> work = Sinks.many().multicast().directAllOrNothing();
			TestSubscriber<String> waiting = TestSubscriber.create();
			tasks(system).run(() -> work.asFlux().doOnCancel(() -> cancelled.set(true))).subscribe(waiting);
			assertThat(work.currentSubscriberCount()).isOne();

			waiting.cancel();

			assertThat(cancelled).isTrue();
			assertThat(work.currentSubscriberCount()).isZero();
			assertThat(system.tree()).hasChildren("/t");
			assertThat(waiting.isTerminated()).isFalse();
			assertThat(system.events().at("/t/task-1").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.shutdown()));
		}
	}

	@Test
	void outerTimeOutEndsTheTask() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<String> waiting = TestSubscriber.create();
			AtomicBoolean late = new AtomicBoolean();
			tasks(system)
				.run(() -> Mono.delay(MINUTE.multipliedBy(2), system.scheduler())
					.map((tick) -> "late")
					.doOnNext((value) -> late.set(true)))
				.timeout(MINUTE, system.scheduler())
				.subscribe(waiting);

			system.advance(MINUTE);

			assertThat(waiting.expectTerminalError()).isInstanceOf(TimeoutException.class);
			assertThat(system.tree()).hasChildren("/t");
			system.advance(MINUTE);
			assertThat(late).isFalse();
		}
	}

	@Test
	void ownTimeOutNamesTheTask() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Object> waiting = TestSubscriber.create();
			tasks(system).named("slow").run(Mono::never, MINUTE).subscribe(waiting);
			assertThat(system.tree()).hasChildren("/t", "slow-1");

			system.advance(MINUTE);

			assertThat(waiting.expectTerminalError()).isInstanceOfSatisfying(TaskTimeoutException.class, (ex) -> {
				assertThat(ex.path()).hasToString("/t/slow-1");
				assertThat(ex.timeout()).isEqualTo(MINUTE);
			});
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void suspendedSupervisorDoesNotKeepACancelledTaskAlive() {
		try (TestAgentSystem system = start()) {
			AtomicBoolean cancelled = new AtomicBoolean();
			TestSubscriber<Object> running = TestSubscriber.create();
			tasks(system).run(() -> Mono.never().doOnCancel(() -> cancelled.set(true))).subscribe(running);
			system.resultOf(system.system().control(TASKS).suspend());
			AtomicBoolean begun = new AtomicBoolean();
			TestSubscriber<Object> waiting = TestSubscriber.create();
			tasks(system).run(() -> Mono.fromRunnable(() -> begun.set(true))).subscribe(waiting);

			running.cancel();
			waiting.cancel();

			assertThat(cancelled).isTrue();
			system.resultOf(system.system().control(TASKS).resume());
			assertThat(begun).isFalse();
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	@Conforms("P4")
	void moreTasksThanAllowedAreRefused() {
		try (TestAgentSystem system = start(DynamicSupervisorSpec.builder("t").maxChildren(2).build())) {
			Sinks.One<String> work = Sinks.one();
			TestSubscriber<String> first = TestSubscriber.create();
			TestSubscriber<String> second = TestSubscriber.create();
			tasks(system).run(work::asMono).subscribe(first);
			tasks(system).run(work::asMono).subscribe(second);

			Throwable failure = system.failureOf(tasks(system).run(work::asMono));

			assertThat(failure).isInstanceOfSatisfying(ChildOperationException.class,
					(ex) -> assertThat(ex.problem()).isEqualTo(Problem.MAX_CHILDREN));
			work.tryEmitValue("done");
			assertThat(first.getReceivedOnNext()).containsExactly("done");
			assertThat(second.getReceivedOnNext()).containsExactly("done");
		}
	}

	@Test
	void answeredTaskHasMadeRoomForTheNext() {
		try (TestAgentSystem system = start(DynamicSupervisorSpec.builder("t").maxChildren(1).build())) {
			Flux<Integer> one = Flux.range(0, 100).concatMap((number) -> tasks(system).run(() -> Mono.just(number)));

			assertThat(system.resultOf(one.count())).isEqualTo(100);
		}
	}

	@Test
	void tasksNeedADynamicSupervisor() {
		try (TestAgentSystem system = start(SupervisorSpec.builder("fixed").build())) {
			assertThat(Trees.problemOf(system,
					system.system().tasks(AgentPath.of("/nowhere")).run(() -> Mono.just("done"))))
				.isEqualTo(Problem.NO_PROCESS);
			assertThat(system.failureOf(system.system().tasks(AgentPath.of("/fixed")).run(() -> Mono.just("done"))))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessage("Tasks cannot run below '/fixed', which is of type supervisor; "
						+ "specify a dynamic supervisor for them");
		}
	}

	@Test
	void endOfTheSupervisorEndsItsTasksAtOnce() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Object> waiting = TestSubscriber.create();
			AtomicBoolean cancelled = new AtomicBoolean();
			tasks(system).run(() -> Mono.never().doOnCancel(() -> cancelled.set(true))).subscribe(waiting);

			system.resultOf(system.supervisor("/").terminateChild("t"));

			assertThat(cancelled).isTrue();
			assertThat(waiting.expectTerminalError()).isInstanceOfSatisfying(AgentExitedException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(ExitReason.shutdown()));
		}
	}

	@ParameterizedTest
	@Conforms("P5")
	@EnumSource(Restart.class)
	void startedTaskIsRestartedByItsType(Restart restart) {
		try (TestAgentSystem system = start()) {
			List<Sinks.Empty<Void>> lives = new ArrayList<>();
			AgentPath path = system.resultOf(tasks(system).startChild(restart, Shutdown.infinite(), () -> {
				lives.add(Sinks.empty());
				return lives.get(lives.size() - 1).asMono();
			}));
			assertThat(path).hasToString("/t/task-1");

			lives.get(0).tryEmitError(new ProbeFailure("broken"));
			assertThat(lives).hasSize((restart == Restart.TEMPORARY) ? 1 : 2);
			lives.get(lives.size() - 1).tryEmitEmpty();

			assertThat(lives).hasSize(switch (restart) {
				case PERMANENT -> 3;
				case TRANSIENT -> 2;
				case TEMPORARY -> 1;
			});
			assertThat(system.tree()).hasChildren("/t",
					(restart == Restart.PERMANENT) ? new String[] { "task-1" } : new String[0]);
		}
	}

	@Test
	@Conforms("P5")
	void stoppedPermanentTaskIsRestartedAndEndsWithItsSupervisor() {
		try (TestAgentSystem system = start()) {
			AtomicInteger lives = new AtomicInteger();
			system.resultOf(tasks(system).startChild(Restart.PERMANENT, Shutdown.infinite(),
					() -> Mono.never().doOnSubscribe((begun) -> lives.incrementAndGet())));

			system.resultOf(system.system().control(AgentPath.of("/t/task-1")).kill());
			assertThat(lives).hasValue(2);
			system.resultOf(system.supervisor("/t").terminateChild("task-1"));

			assertThat(lives).hasValue(2);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void pausedTaskIsRestartedByHand() {
		try (TestAgentSystem system = start(DynamicSupervisorSpec.builder("t")
			.intensity(Trees.perHour(0))
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.build())) {
			AtomicInteger lives = new AtomicInteger();
			system.resultOf(tasks(system).startChild(Restart.PERMANENT, Shutdown.infinite(),
					() -> Mono.never().doOnSubscribe((begun) -> lives.incrementAndGet())));
			system.resultOf(system.system().control(AgentPath.of("/t/task-1")).kill());
			assertThat(system.tree()).hasNode("/t/task-1").withStatus(NodeStatus.STOPPED);

			system.resultOf(system.supervisor("/t").restartChild("task-1"));

			assertThat(lives).hasValue(2);
			assertThat(system.tree()).hasNode("/t/task-1").withStatus(NodeStatus.RUNNING);
		}
	}

	@Test
	@Conforms("P5")
	void shutdownSettingDecidesBetweenShutdownAndKill() {
		try (TestAgentSystem system = start()) {
			tasks(system).named("told")
				.startChild(Restart.TEMPORARY, Shutdown.after(MINUTE), Mono::never)
				.then(tasks(system).named("killed").startChild(Restart.TEMPORARY, Shutdown.brutalKill(), Mono::never))
				.as(system::resultOf);

			system.resultOf(system.supervisor("/").terminateChild("t"));

			assertThat(system.events().at("/t/told-1").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.shutdown()));
			assertThat(system.events().at("/t/killed-2").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.killed()));
		}
	}

	@Test
	void startedTaskGoesOnUntilItIsDone() {
		try (TestAgentSystem system = start()) {
			Sinks.One<String> work = Sinks.one();
			Task<String> task = system.resultOf(tasks(system).named("report").start(work::asMono));
			assertThat(task).isNotNull();
			assertThat(task.path()).hasToString("/t/report-1");
			TestSubscriber<String> impatient = TestSubscriber.create();
			task.await().timeout(MINUTE, Mono.empty(), system.scheduler()).subscribe(impatient);

			system.advance(MINUTE);
			assertThat(impatient.isTerminatedComplete()).isTrue();
			assertThat(system.tree()).hasChildren("/t", "report-1");
			work.tryEmitValue("done");

			assertThat(system.resultOf(task.await())).isEqualTo("done");
			assertThat(system.resultOf(task.await())).isEqualTo("done");
			system.resultOf(task.shutdown());
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void startedTaskIsShutDown() {
		try (TestAgentSystem system = start()) {
			Task<Object> task = system.resultOf(tasks(system).start(Mono::never));
			assertThat(task).isNotNull();
			TestSubscriber<Object> waiting = TestSubscriber.create();
			task.await().subscribe(waiting);

			system.resultOf(task.shutdown());

			assertThat(waiting.expectTerminalError()).isInstanceOfSatisfying(AgentExitedException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(ExitReason.shutdown()));
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void startIsRefusedLikeARun() {
		try (TestAgentSystem system = start(DynamicSupervisorSpec.builder("t").maxChildren(1).build())) {
			system.resultOf(tasks(system).start(Mono::never));

			assertThat(Trees.problemOf(system, tasks(system).start(Mono::never))).isEqualTo(Problem.MAX_CHILDREN);
			assertThat(Trees.problemOf(system,
					tasks(system).startChild(Restart.PERMANENT, Shutdown.infinite(), Mono::never)))
				.isEqualTo(Problem.MAX_CHILDREN);
		}
	}

	@Test
	@Conforms("P6")
	void callersAreSeenInside() {
		AgentSpec<String> inner = agent("inner",
				(message, context) -> context.tasks(TASKS)
					.named("leaf")
					.run(() -> Mono.deferContextual((view) -> Mono.just(Callers.of(view)))));
		AgentSpec<String> outer = agent("outer",
				(message, context) -> context.tasks(TASKS)
					.named("branch")
					.run(() -> context.agent(AgentPath.of("/inner")).ask("go", Callers.class)));
		try (TestAgentSystem system = start(inner, outer)) {
			Callers callers = system.resultOf(system.agent("/outer").ask("go", Callers.class));

			assertThat(callers).isNotNull();
			assertThat(callers.paths()).extracting(AgentPath::toString)
				.containsExactly("/inner", "/t/branch-1", "/outer");
		}
	}

	@Test
	@Conforms("P6")
	void taskInATaskKnowsBoth() {
		try (TestAgentSystem system = start()) {
			TaskSupervisorRef tasks = tasks(system);
			Mono<Callers> nested = tasks.run(() -> tasks
				.run(() -> tasks.run(() -> Mono.deferContextual((view) -> Mono.just(Callers.of(view))))));

			Callers callers = system.resultOf(nested);

			assertThat(callers).isNotNull();
			assertThat(callers.paths()).extracting(AgentPath::toString).containsExactly("/t/task-2", "/t/task-1");
			Mono<Callers> alone = tasks.run(() -> Mono.deferContextual((view) -> Mono.just(Callers.of(view))));
			assertThat(system.resultOf(alone.map(Callers::paths))).isEmpty();
		}
	}

	@Test
	void agentIsACallerOutsideOfItsHandlersToo() {
		List<Callers> seen = new ArrayList<>();
		AgentSpec<String> agent = agent("a", (message, context) -> {
			context.tasks(TASKS)
				.run(() -> Mono.deferContextual((view) -> context.tasks(TASKS)
					.run(() -> Mono.deferContextual((inner) -> Mono.just(Callers.of(inner))))))
				.subscribe(seen::add);
			return Mono.empty();
		});
		try (TestAgentSystem system = start(agent)) {
			system.agent("/a").tell("go");

			assertThat(seen).singleElement()
				.satisfies((callers) -> assertThat(callers.paths()).extracting(AgentPath::toString)
					.containsExactly("/t/task-1", "/a"));
		}
	}

	@Test
	void callersContextIsSeenInside() {
		try (TestAgentSystem system = start()) {
			Mono<String> task = tasks(system)
				.run(() -> Mono.deferContextual((view) -> Mono.just(view.<String>get("user"))))
				.contextWrite((context) -> context.put("user", "ann"));

			assertThat(system.resultOf(task)).isEqualTo("ann");
		}
	}

	@Test
	void waitingForOneselfThroughATaskIsDetected() {
		AgentSpec<String> agent = agent("a",
				(message, context) -> context.tasks(TASKS)
					.run(() -> context.self()
						.ask("again", String.class)
						.onErrorMap(AskCycleException.class, (ex) -> new RequestFailedException(ex.toString()))));
		try (TestAgentSystem system = start(agent)) {
			assertThat(system.failureOf(system.agent("/a").ask("go", String.class))).hasMessageContaining("/t/task-1")
				.isInstanceOf(RequestFailedException.class);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void endOfTheHandlerEndsItsTasks() {
		AgentSpec<String> agent = agent("a", (message, context) -> context.tasks(TASKS).run(Mono::never));
		try (TestAgentSystem system = start(agent)) {
			system.agent("/a").tell("go");
			assertThat(system.tree()).hasChildren("/t", "task-1");

			system.resultOf(system.system().control(AgentPath.of("/a")).kill());

			assertThat(system.tree()).hasChildren("/t");
			assertThat(system.tree()).hasNode("/a").withIncarnation(2);
		}
	}

	@Test
	void endedLifeBeginsNoTask() {
		List<AgentContext<String>> contexts = new ArrayList<>();
		AgentSpec<String> agent = agent("a", (message, context) -> {
			contexts.add(context);
			return Mono.error(new ProbeFailure("broken"));
		});
		try (TestAgentSystem system = start(agent)) {
			system.agent("/a").tell("go");

			Throwable failure = system.failureOf(contexts.get(0).tasks(TASKS).run(() -> Mono.just("late")));

			assertThat(failure).isInstanceOf(IllegalStateException.class)
				.hasMessage("Agent '/a' (incarnation 1) has ended and cannot begin a task");
			assertThat(system.events().at("/a").of(AgentEvent.StaleDropped.class)).singleElement()
				.satisfies((dropped) -> assertThat(dropped.what()).isEqualTo("task"));
		}
	}

	@Test
	void linkedTaskThatFailsEndsTheAgent() {
		Sinks.Empty<Object> work = Sinks.empty();
		try (TestAgentSystem system = start(background("a", work))) {
			system.agent("/a").tell("go");
			assertThat(system.tree()).hasNode("/a").withIncarnation(1);

			work.tryEmitError(new ProbeFailure("broken"));

			assertThat(system.events().at("/a").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason().cause()).hasMessage("broken"));
			assertThat(system.tree()).hasNode("/a").withIncarnation(2);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void linkedTaskThatIsDoneDoesNoHarm() {
		Sinks.Empty<Object> work = Sinks.empty();
		try (TestAgentSystem system = start(background("a", work))) {
			system.agent("/a").tell("go");

			work.tryEmitEmpty();

			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@ParameterizedTest
	@EnumSource(OwnEnd.class)
	void linkedTaskEndsWithTheAgentWhateverItsEnd(OwnEnd act) {
		AgentSpec<String> agent = agent("a", (message, context) -> {
			if (message.equals("go")) {
				context.linkedTasks(TASKS).run(Mono::never).subscribe((value) -> {
				}, (ex) -> {
				});
				return Mono.empty();
			}
			return act.carryOut(context);
		});
		try (TestAgentSystem system = start(agent)) {
			system.agent("/a").tell("go");
			assertThat(system.tree()).hasChildren("/t", "task-1");

			system.agent("/a").tell("end");

			assertThat(system.tree()).hasNode("/a").withIncarnation(2);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void linkedTaskThatIsCancelledOrLateDoesNoHarm() {
		AgentSpec<String> agent = agent("a",
				(message, context) -> context.linkedTasks(TASKS)
					.run(Mono::<String>never, MINUTE)
					.onErrorResume(TaskTimeoutException.class, (ex) -> Mono.just("late")));
		try (TestAgentSystem system = start(agent)) {
			TestSubscriber<String> asking = TestSubscriber.create();
			system.agent("/a").ask("go", String.class, MINUTE.multipliedBy(5)).subscribe(asking);

			system.advance(MINUTE);

			assertThat(asking.getReceivedOnNext()).containsExactly("late");
			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
			TestSubscriber<String> streaming = TestSubscriber.create();
			system.agent("/a").stream("go", String.class).subscribe(streaming);
			streaming.cancel();
			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void blockingWorkRunsApartAndIsInterrupted() {
		try (RealThreads system = new RealThreads(Trees.root(taskSupervisor()))) {
			CountDownLatch reached = new CountDownLatch(1);
			CountDownLatch interrupted = new CountDownLatch(1);
			Mono<String> task = system.system.tasks(TASKS).runBlocking(() -> {
				reached.countDown();
				try {
					new CountDownLatch(1).await();
					return "never";
				}
				catch (InterruptedException ex) {
					interrupted.countDown();
					throw ex;
				}
			});

			StepVerifier.create(task).then(() -> RealThreads.await(reached)).thenCancel().verify(Trees.LIMIT);

			RealThreads.await(interrupted);
		}
	}

	@Test
	void stuckThreadLosesItsTask() throws InterruptedException {
		try (RealThreads system = new RealThreads(
				Trees.root(DynamicSupervisorSpec.builder("t").maxChildren(1).build()));
				Blockade stuck = new Blockade()) {
			Mono<String> task = system.system.tasks(TASKS).runBlocking(() -> {
				stuck.hold();
				return "late";
			}, Duration.ofMillis(100));

			StepVerifier.create(task).expectError(TaskTimeoutException.class).verify(Trees.LIMIT);

			Mono<String> next = system.system.tasks(TASKS)
				.runBlocking(() -> "next")
				.retryWhen(Retry.fixedDelay(1000, Duration.ofMillis(5)));
			StepVerifier.create(next).expectNext("next").expectComplete().verify(Trees.LIMIT);
			assertThat(system.events.of(AgentEvent.WorkAbandoned.class)).singleElement()
				.satisfies((abandoned) -> assertThat(abandoned.path()).hasToString("/t/task-1"));
		}
	}

	@Test
	void thousandsOfTasksOnRealThreadsLeaveNothing() {
		try (RealThreads system = new RealThreads(Trees.root(taskSupervisor()))) {
			Mono<Long> sum = Flux.range(0, 5000)
				.flatMap((number) -> (number % 7 == 0)
						? system.system.tasks(TASKS)
							.run(Mono::<Integer>never)
							.timeout(Duration.ofMillis(1), Mono.just(0))
						: system.system.tasks(TASKS).run(() -> Mono.just(1)), 64)
				.count();

			assertThat(RealThreads.await(sum)).isEqualTo(5000);
			StepVerifier
				.create(Mono.fromCallable(() -> system.system.tree().render())
					.filter((tree) -> !tree.contains("task-"))
					.repeatWhenEmpty(Integer.MAX_VALUE, (again) -> again.delayElements(Duration.ofMillis(5))))
				.expectNextCount(1)
				.expectComplete()
				.verify(Trees.LIMIT);
		}
	}

	private static AgentSpec<String> background(String name, Sinks.Empty<Object> work) {
		return agent(name, (message, context) -> {
			context.linkedTasks(TASKS).run(work::asMono).subscribe((value) -> {
			}, (ex) -> {
			});
			return Mono.empty();
		});
	}

	private static AgentSpec<String> agent(String name, Behaviour<String> behaviour) {
		return AgentSpec.builder(name, String.class, () -> (message, context) -> behaviour.onMessage(message, context))
			.build();
	}

	private static TaskSupervisorRef tasks(TestAgentSystem system) {
		return system.system().tasks(TASKS);
	}

	private static DynamicSupervisorSpec taskSupervisor() {
		return DynamicSupervisorSpec.builder("t").intensity(Trees.perHour(5)).build();
	}

	private static TestAgentSystem start(ChildSpec... others) {
		List<ChildSpec> children = new ArrayList<>(List.of(others));
		if (children.stream().noneMatch((child) -> child.id().equals("t"))) {
			children.add(0, taskSupervisor());
		}
		return TestAgentSystem.start(SupervisorSpec.builder("root").children(children).build());
	}

	/**
	 * How an agent ends by itself.
	 */
	enum OwnEnd {

		NORMAL, SHUTDOWN, CRASH;

		Mono<Void> carryOut(AgentContext<?> context) {
			switch (this) {
				case NORMAL -> context.stop();
				case SHUTDOWN -> context.stop(ExitReason.shutdown());
				case CRASH -> {
					return Mono.error(new ProbeFailure("crash"));
				}
			}
			return Mono.empty();
		}

	}

}
