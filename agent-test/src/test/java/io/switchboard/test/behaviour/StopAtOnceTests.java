package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Agents that a stop cuts off in the middle of what they do. No time passes in these
 * tests unless they say so.
 */
class StopAtOnceTests {

	private static final AgentPath STATIC = AgentPath.of("/static/a");

	private static final AgentPath DYNAMIC = AgentPath.of("/dynamic/a");

	private final List<String> log = new ArrayList<>();

	@ParameterizedTest
	@MethodSource("stops")
	void handlerIsCutOffAndItsAskerTold(AgentPath path, Function<AgentSystem, Mono<?>> stop) {
		try (TestAgentSystem system = start(path, Cleaning.spec("a", this.log).build())) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent(path.toString()).stream(forEver(), String.class).subscribe(asker);

			TestSubscriber<Object> stopped = subscribe(stop.apply(system.system()));

			assertThat(this.log).containsExactlyInAnyOrder("cancelled", "cleaned up: shutdown");
			assertThat(asker.getReceivedOnNext()).containsExactly("first");
			assertThat(asker.expectTerminalError()).isInstanceOfSatisfying(AgentExitedException.class, (ex) -> {
				assertThat(ex.path()).isEqualTo(path);
				assertThat(ex.reason()).isEqualTo(ExitReason.shutdown());
			});
			assertThat(exits(system, path)).containsExactly(ExitReason.shutdown());
			assertThat(stopped.isTerminatedComplete()).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("stops")
	void whoRedeliversTellsTheAskerIfNoLifeComes(AgentPath path, Function<AgentSystem, Mono<?>> stop) {
		try (TestAgentSystem system = start(path, Cleaning.spec("a", this.log).redelivers(true).build())) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent(path.toString()).stream(forEver(), String.class).subscribe(asker);

			stop.apply(system.system()).subscribe();

			assertThat(asker.expectTerminalError()).isInstanceOf(AgentExitedException.class);
			assertThat(this.log).containsExactlyInAnyOrder("cancelled", "cleaned up: shutdown");
		}
	}

	@ParameterizedTest
	@MethodSource("stops")
	void byDefaultTheMessageIsFinished(AgentPath path, Function<AgentSystem, Mono<?>> stop) {
		try (TestAgentSystem system = start(path, Cleaning.spec("a", this.log).stopsAtOnce(false).build())) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent(path.toString())
				.ask((Act) (context) -> Mono.delay(Duration.ofSeconds(1), context.scheduler()).thenReturn("done"),
						String.class)
				.subscribe(asker);
			stop.apply(system.system()).subscribe();
			assertThat(this.log).isEmpty();

			system.advance(Duration.ofSeconds(1));

			assertThat(asker.getReceivedOnNext()).containsExactly("done");
			assertThat(this.log).containsExactly("cleaned up: shutdown");
		}
	}

	@Test
	void nextLifeHandlesTheMessageAfterAGroupRestart() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ALL, 2,
				Cleaning.spec("a", this.log).redelivers(true).build(), Act.agent("b")))) {
			TestSubscriber<Long> asker = TestSubscriber.create();
			system.agent("/a")
				.ask((Act) (context) -> (context.incarnation() == 1) ? Mono.never() : Mono.just(context.incarnation()),
						Long.class)
				.subscribe(asker);

			system.agent("/b").tell((Act) (context) -> Mono.error(new ProbeFailure("crash")));

			assertThat(asker.getReceivedOnNext()).containsExactly(2L);
			assertThat(this.log).containsExactly("cleaned up: shutdown");
		}
	}

	@Test
	void cleanupHasTheShutdownTime() {
		AgentSpec<Object> spec = AgentSpec.builder("a", Object.class, () -> new Cleaning(this.log, Mono.never()))
			.stopsAtOnce(true)
			.shutdown(Shutdown.after(Duration.ofSeconds(7)))
			.build();
		try (TestAgentSystem system = start(spec)) {
			system.agent(STATIC.toString()).tell(forEver());
			TestSubscriber<Object> stopped = subscribe(terminate(STATIC).apply(system.system()));
			assertThat(this.log).containsExactlyInAnyOrder("cancelled", "cleaned up: shutdown");

			system.advance(Duration.ofSeconds(7).minusMillis(1));
			assertThat(stopped.isTerminated()).isFalse();
			system.advance(Duration.ofMillis(1));

			assertThat(stopped.isTerminatedComplete()).isTrue();
			assertThat(exits(system, STATIC)).containsExactly(ExitReason.killed());
		}
	}

	@Test
	void whatTheCutOffHandlerStillSaysReachesNobody() {
		AgentSpec<Object> spec = AgentSpec.builder("a", Object.class, () -> new Cleaning(this.log, Mono.never()))
			.stopsAtOnce(true)
			.build();
		try (TestAgentSystem system = start(spec)) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent(STATIC.toString())
				.stream((Act) (context) -> Flux.from((subscriber) -> subscriber.onSubscribe(new Deaf(() -> {
					subscriber.onNext("too late");
					subscriber.onComplete();
				}))), String.class)
				.subscribe(asker);

			terminate(STATIC).apply(system.system()).subscribe();

			assertThat(asker.getReceivedOnNext()).isEmpty();
			assertThat(asker.expectTerminalError()).isInstanceOf(AgentExitedException.class);
			assertThat(system.events().at(STATIC.toString()).of(AgentEvent.StaleDropped.class))
				.extracting(AgentEvent.StaleDropped::what)
				.containsExactly("reply", "completion");
		}
	}

	@Test
	void workAfterTheStartIsCutOffToo() {
		AgentSpec<Object> spec = AgentSpec.builder("a", Object.class, () -> new Behaviour<Object>() {

			@Override
			public Mono<Void> onStarted(AgentContext<Object> context) {
				return Mono.<Void>never().doOnCancel(() -> StopAtOnceTests.this.log.add("cancelled"));
			}

			@Override
			public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
				return Mono.just(message);
			}

		}).stopsAtOnce(true).build();
		try (TestAgentSystem system = start(spec)) {

			TestSubscriber<Object> stopped = subscribe(terminate(STATIC).apply(system.system()));

			assertThat(this.log).containsExactly("cancelled");
			assertThat(stopped.isTerminatedComplete()).isTrue();
			assertThat(exits(system, STATIC)).containsExactly(ExitReason.shutdown());
		}
	}

	@Test
	void startIsFinished() {
		AgentSpec<Object> spec = AgentSpec.builder("a", Object.class, () -> new Behaviour<Object>() {

			@Override
			public Mono<Void> onStart(AgentContext<Object> context) {
				return Mono.delay(Duration.ofSeconds(1), context.scheduler())
					.doOnNext((tick) -> StopAtOnceTests.this.log.add("started"))
					.then();
			}

			@Override
			public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
				return Mono.just(message);
			}

		}).stopsAtOnce(true).build();
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(spec)).build()) {
			system.system().start().subscribe();
			TestSubscriber<Object> stopped = subscribe(system.system().stop());

			system.advance(Duration.ofSeconds(1));

			assertThat(this.log).containsExactly("started");
			assertThat(stopped.isTerminatedComplete()).isTrue();
		}
	}

	@Test
	void stopThatTheAgentAsksForWaitsForItsMessage() {
		try (TestAgentSystem system = start(Cleaning.spec("a", this.log).build())) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent(STATIC.toString()).ask((Act) (context) -> {
				context.stop();
				return Mono.delay(Duration.ofSeconds(1), context.scheduler()).thenReturn("done");
			}, String.class).subscribe(asker);

			system.advance(Duration.ofSeconds(1));

			assertThat(asker.getReceivedOnNext()).containsExactly("done");
			assertThat(this.log).contains("cleaned up: normal");
		}
	}

	@Test
	void stopAfterOneThatTheAgentAskedForCutsOffAndKeepsTheReason() {
		try (TestAgentSystem system = start(Cleaning.spec("a", this.log).build())) {
			system.agent(STATIC.toString()).tell((Act) (context) -> {
				context.stop();
				return Mono.never();
			});

			TestSubscriber<Object> stopped = subscribe(terminate(STATIC).apply(system.system()));

			assertThat(stopped.isTerminatedComplete()).isTrue();
			assertThat(exits(system, STATIC)).containsExactly(ExitReason.normal());
		}
	}

	@Test
	void handlerThatHoldsItsThreadIsWaitedFor() throws InterruptedException {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		SupervisorSpec root = Trees
			.root(Act.agent("a", (spec) -> spec.blocking(true).stopsAtOnce(true).shutdown(Shutdown.infinite())));
		AgentSystem system = AgentSystem.builder(root).build();
		system.start().block(Trees.LIMIT);
		try {
			Mono<String> asked = system.agent("/a", Object.class).ask((Act) (context) -> {
				inside.countDown();
				release.await();
				return Mono.just("done");
			}, String.class).cache();
			asked.subscribe();
			inside.await();
			Mono<Void> stopped = system.supervisor(AgentPath.ROOT).terminateChild("a").cache();
			stopped.subscribe();

			release.countDown();

			stopped.block(Trees.LIMIT);
			assertThat(asked.block(Trees.LIMIT)).isEqualTo("done");
		}
		finally {
			release.countDown();
			system.stop().block(Trees.LIMIT);
		}
	}

	static Stream<Arguments> stops() {
		return Stream.of(argumentSet("the agent, below a static supervisor", STATIC, terminate(STATIC)),
				argumentSet("the agent, below a dynamic supervisor", DYNAMIC, terminate(DYNAMIC)),
				argumentSet("its static supervisor", STATIC, terminate(AgentPath.of("/static"))),
				argumentSet("its dynamic supervisor", DYNAMIC, terminate(AgentPath.of("/dynamic"))),
				argumentSet("the system, below a static supervisor", STATIC, system()),
				argumentSet("the system, below a dynamic supervisor", DYNAMIC, system()));
	}

	private static Function<AgentSystem, Mono<?>> terminate(AgentPath path) {
		AgentPath supervisor = (path.parent() != null) ? path.parent() : AgentPath.ROOT;
		return (system) -> system.supervisor(supervisor).terminateChild(path.name());
	}

	private static Function<AgentSystem, Mono<?>> system() {
		return AgentSystem::stop;
	}

	private Act forEver() {
		return (context) -> Flux.just("first").concatWith(Flux.never()).doOnCancel(() -> this.log.add("cancelled"));
	}

	private static TestAgentSystem start(AgentSpec<Object> spec) {
		return start(STATIC, spec);
	}

	private static TestAgentSystem start(AgentPath path, AgentSpec<Object> spec) {
		boolean dynamic = path.equals(DYNAMIC);
		SupervisorSpec.Builder supervisor = SupervisorSpec.builder("static");
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root((dynamic ? supervisor : supervisor.child(spec)).build(),
					DynamicSupervisorSpec.builder("dynamic").build()));
		if (dynamic) {
			system.resultOf(system.supervisor("/dynamic").startChild(spec));
		}
		return system;
	}

	private static List<ExitReason> exits(TestAgentSystem system, AgentPath path) {
		return system.events()
			.at(path.toString())
			.of(AgentEvent.Exited.class)
			.stream()
			.map(AgentEvent.Exited::reason)
			.toList();
	}

	private static TestSubscriber<Object> subscribe(Mono<?> mono) {
		TestSubscriber<Object> subscriber = TestSubscriber.create();
		mono.subscribe(subscriber);
		return subscriber;
	}

	/**
	 * Performs what it is told, and cleans up.
	 */
	private static final class Cleaning implements Behaviour<Object> {

		private final List<String> log;

		private final Mono<Void> cleanup;

		Cleaning(List<String> log, Mono<Void> cleanup) {
			this.log = log;
			this.cleanup = cleanup;
		}

		static AgentSpec.Builder<Object> spec(String id, List<String> log) {
			return AgentSpec.builder(id, Object.class, () -> new Cleaning(log, Mono.empty())).stopsAtOnce(true);
		}

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) throws Exception {
			return ((Act) message).perform(context);
		}

		@Override
		public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
			this.log.add("cleaned up: " + reason);
			return this.cleanup;
		}

	}

	/**
	 * Goes on when it is cancelled.
	 *
	 * @param onCancel what it does then
	 */
	private record Deaf(Runnable onCancel) implements Subscription {

		@Override
		public void request(long n) {
		}

		@Override
		public void cancel() {
			this.onCancel.run();
		}

	}

}
