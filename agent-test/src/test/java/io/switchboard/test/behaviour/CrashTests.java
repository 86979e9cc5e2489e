package io.switchboard.test.behaviour;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends an incarnation, and what that means to others.
 */
class CrashTests {

	private final Probes probes = new Probes();

	private final AgentProbe probe = this.probes.agent("probe");

	@ParameterizedTest(name = "{0}")
	@MethodSource("failures")
	void failureEndsOneIncarnationAndNothingElse(String name, Act failing, Class<? extends Throwable> cause) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a"), this.probe.spec()))) {
			AgentRef<Object> ref = system.agent("/a");
			TestSubscriber<String> asker = TestSubscriber.create();
			ref.ask(failing, String.class).subscribe(asker);

			assertThat(asker.expectTerminalError()).isInstanceOfSatisfying(AgentExitedException.class, (ex) -> {
				assertThat(ex.path()).hasToString("/a");
				assertThat(ex.incarnation()).isOne();
				assertThat(ex.reason()).isInstanceOf(ExitReason.Crash.class);
				assertThat(ex.reason().cause()).isInstanceOf(cause);
				assertThat(ex).hasMessageContaining("'/a' (incarnation 1)").hasMessageContaining("crash");
			});
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2).withRestarts(1);
			assertThat(system.resultOf(ref.ask("next", String.class))).isEqualTo("next");
			assertThat(system.tree()).hasNode("/probe").withIncarnation(1);
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(1);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failures")
	void failureOnAMessageNobodyWaitsForEndsTheIncarnation(String name, Act failing, Class<? extends Throwable> cause) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell(failing);

			assertThat(system.events().at("/a").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason().cause()).isInstanceOf(cause));
			assertThat(system.tree()).hasNode("/a").withIncarnation(2);
		}
	}

	@Test
	void crashOfAnOperatorElsewhereCancelsTheRest() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			List<String> cancelled = new ArrayList<>();
			TestSubscriber<String> asker = TestSubscriber.create();
			Act act = (context) -> Flux.never()
				.doOnCancel(() -> cancelled.add("cancelled"))
				.mergeWith(Mono.delay(Duration.ofSeconds(1), context.scheduler()).map((tick) -> deep(1)));
			system.agent("/a").ask(act, String.class).subscribe(asker);

			system.advance(Duration.ofSeconds(1));

			assertThat(asker.expectTerminalError()).hasCauseInstanceOf(StackOverflowError.class);
			assertThat(cancelled).containsExactly("cancelled");
		}
	}

	@Test
	void eachIncarnationHasAFreshBehaviour() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(AgentSpec.builder("counter", String.class, () -> new Counter()).build()))) {
			AgentRef<String> counter = system.agent("/counter", String.class);
			system.resultOf(counter.ask("one", Integer.class));
			assertThat(system.resultOf(counter.ask("two", Integer.class))).isEqualTo(2);

			system.failureOf(counter.ask("crash", Integer.class));

			assertThat(system.resultOf(counter.ask("three", Integer.class))).isOne();
		}
	}

	@Test
	void cleanupRunsAfterACrashWithItsReason() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()), this.probes)) {
			ProbeFailure failure = new ProbeFailure("x");

			system.agent("/probe").tell(ProbeCommand.fail(failure));

			assertThat(this.probes.entries()).filteredOn((entry) -> entry.event() == ProbeEvent.STOP)
				.extracting((entry) -> entry.detail())
				.containsExactly(ExitReason.crash(failure));
		}
	}

	@Test
	@Conforms("N19")
	@DisplayName("a cleanup that fails is the exit reason; the asker hears of the crash before it")
	void failureOfTheCleanupIsTheExitReason() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			ProbeFailure crash = new ProbeFailure("crash");
			ProbeFailure cleanup = new ProbeFailure("cleanup");
			system.agent("/probe").tell(ProbeCommand.failOnStop(cleanup));

			Throwable failure = system.failureOf(system.agent("/probe").ask(ProbeCommand.fail(crash), Object.class));

			assertThat(failure).hasCause(crash);
			assertThat(system.tree()).hasNode("/probe").withIncarnation(2).withLastExit(ExitReason.crash(cleanup));
		}
	}

	@Test
	void cleanupThatHangsAfterACrashIsCutOffInTime() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			ProbeFailure failure = new ProbeFailure("x");
			system.agent("/probe").tell(ProbeCommand.refuseToStop());
			system.agent("/probe").tell(ProbeCommand.fail(failure));
			assertThat(system.tree()).hasNode("/probe").withIncarnation(1);

			system.advance(Duration.ofSeconds(5));

			assertThat(system.tree()).hasNode("/probe").withIncarnation(2).withLastExit(ExitReason.crash(failure));
		}
	}

	@Test
	void askerDoesNotWaitForTheCleanup() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			system.agent("/probe").tell(ProbeCommand.refuseToStop());

			assertThat(system.failureOf(system.agent("/probe").ask(ProbeCommand.fail(), Object.class)))
				.isInstanceOf(AgentExitedException.class);
		}
	}

	@Test
	void errorThatEscapesAnOperatorOfTheCleanupEndsIt() {
		AgentSpec<String> spec = AgentSpec.builder("a", String.class, () -> new FailsInCleanup())
			.shutdown(Shutdown.infinite())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			system.agent("/a").tell("stop");

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2);
			assertThat(system.events().at("/a").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason().cause()).isInstanceOf(StackOverflowError.class));
		}
	}

	@Test
	void crashWhileStoppingIsNotAnsweredWithARestart() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a"), this.probe.spec()))) {
			TestSubscriber<Void> stopped = TestSubscriber.create();
			system.agent("/a")
				.tell((Act) (context) -> Mono.delay(Duration.ofSeconds(1), context.scheduler())
					.then(Mono.error(new ProbeFailure("late crash"))));
			system.supervisor("/").terminateChild("a").subscribe(stopped);

			system.advance(Duration.ofSeconds(1));

			assertThat(stopped.isTerminatedComplete()).isTrue();
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED).withIncarnation(1);
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(0);
		}
	}

	@Test
	void waitingAskersOfAnAgentThatStaysDownAreTold() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ONE, 0, Act.agent("a")))) {
			TestSubscriber<String> inHand = TestSubscriber.create();
			TestSubscriber<String> waiting = TestSubscriber.create();
			TestSubscriber<String> streaming = TestSubscriber.create();
			system.agent("/a")
				.ask((Act) (context) -> Mono.delay(Duration.ofSeconds(1), context.scheduler())
					.then(Mono.error(new ProbeFailure("x"))), String.class)
				.subscribe(inHand);
			system.agent("/a").ask("waiting", String.class).subscribe(waiting);
			system.agent("/a").stream("streaming", String.class).subscribe(streaming);

			system.advance(Duration.ofSeconds(1));

			assertThat(inHand.expectTerminalError()).isInstanceOf(AgentExitedException.class);
			assertThat(waiting.expectTerminalError()).isInstanceOf(AgentExitedException.class);
			assertThat(streaming.expectTerminalError()).isInstanceOf(AgentExitedException.class);
			assertThat(system.events().at("/a").of(AgentEvent.DeadLetter.class)).hasSize(2);
		}
	}

	static Stream<Arguments> failures() {
		return Stream.of(failure("throws", (context) -> {
			throw new IOException("checked");
		}, IOException.class),
				failure("signals an error", (context) -> Mono.error(new IllegalStateException("x")),
						IllegalStateException.class),
				failure("signals an error after elements",
						(context) -> Flux.just("one").concatWith(Mono.error(new IllegalStateException("x"))),
						IllegalStateException.class),
				failure("returns null", (context) -> none(), IllegalStateException.class), failure("emits null",
						(context) -> Mono.fromSupplier(() -> "x").map((x) -> none()), NullPointerException.class),
				failure("throws an Error", (context) -> {
					throw new AssertionError("x");
				}, AssertionError.class), failure("throws a LinkageError", (context) -> {
					throw new NoClassDefFoundError("x");
				}, NoClassDefFoundError.class),
				failure("overflows the stack", (context) -> Mono.just(deep(1)), StackOverflowError.class),
				failure("overflows the stack in an operator",
						(context) -> Mono.just(1).map((one) -> deep(1)).onErrorReturn(2), StackOverflowError.class),
				failure("overflows the stack on the scheduler",
						(context) -> Mono.just(1).publishOn(context.scheduler()).map((one) -> deep(1)),
						StackOverflowError.class),
				failure("overflows the stack on the blocking scheduler",
						(context) -> Mono.fromCallable(() -> deep(1)).subscribeOn(context.blockingScheduler()),
						StackOverflowError.class),
				failure("throws in subscribe", (context) -> (Publisher<Object>) (subscriber) -> {
					throw new IllegalStateException("x");
				}, IllegalStateException.class));
	}

	private static Arguments failure(String name, Act act, Class<? extends Throwable> cause) {
		return Arguments.of(name, act, cause);
	}

	@SuppressWarnings("InfiniteRecursion")
	private static int deep(int n) {
		return deep(n + 1) + 1;
	}

	@SuppressWarnings({ "NullAway", "TypeParameterUnusedInFormals" })
	private static <T> T none() {
		return null;
	}

	/**
	 * Counts the messages it has handled.
	 */
	private static final class Counter implements Behaviour<String> {

		private int handled;

		@Override
		public Mono<Integer> onMessage(String message, AgentContext<String> context) {
			return message.equals("crash") ? Mono.error(new ProbeFailure("told to"))
					: Mono.fromCallable(() -> ++this.handled);
		}

	}

	/**
	 * Overflows the stack where its cleanup's publisher cannot tell.
	 */
	private static final class FailsInCleanup implements Behaviour<String> {

		@Override
		public Mono<Void> onMessage(String message, AgentContext<String> context) {
			context.stop();
			return Mono.empty();
		}

		@Override
		public Mono<Void> onStop(ExitReason reason, AgentContext<String> context) {
			return Mono.fromCallable(() -> deep(1)).subscribeOn(context.blockingScheduler()).then();
		}

	}

}
