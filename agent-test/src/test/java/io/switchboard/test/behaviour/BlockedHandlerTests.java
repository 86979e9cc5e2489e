package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.blocking.OnPurpose;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.Blockade;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.Probes;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that hold their thread.
 */
class BlockedHandlerTests {

	private static final Shutdown SHORT = Shutdown.after(Duration.ofMillis(20));

	private final Probes probes = new Probes();

	private final AgentProbe stuck = this.probes.agent("stuck");

	private final AgentProbe free = this.probes.agent("free");

	private final CountDownLatch abandoned = new CountDownLatch(1);

	private final CountDownLatch returned = new CountDownLatch(1);

	@ParameterizedTest(name = "blocking {0}")
	@ValueSource(booleans = { false, true })
	void handlerThatNeverReturnsIsKilledAndItsSiblingLives(boolean blocking) throws InterruptedException {
		AgentSpec<Object> spec = this.stuck.spec((settings) -> settings.shutdown(SHORT).blocking(blocking));
		try (Blockade blockade = new Blockade(); RealThreads threads = start(spec)) {
			StepVerifier asker = StepVerifier
				.create(threads.agent("/stuck").ask(ProbeCommand.block(blockade), Object.class))
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(AgentExitedException.class)
					.hasMessageContaining("'/stuck' (incarnation 1)")
					.hasMessageContaining("killed"))
				.verifyLater();
			blockade.awaitHeld(Trees.LIMIT);
			assertThat(RealThreads.await(threads.agent("/free").ask("hello", String.class))).isEqualTo("hello");

			RealThreads.await(threads.system.supervisor(AgentPath.ROOT).terminateChild("stuck"));

			asker.verify(Trees.LIMIT);
			RealThreads.await(this.abandoned);
			assertThat(RealThreads.await(threads.agent("/free").ask("again", String.class))).isEqualTo("again");
			blockade.release();
			RealThreads.await(this.returned);
			assertThat(threads.system.tree()).hasNode("/stuck")
				.withStatus(NodeStatus.STOPPED)
				.withLastExit(ExitReason.killed());
		}
	}

	@Test
	void nextIncarnationWorksWhileTheOldThreadIsStillHeld() throws InterruptedException {
		AgentSpec<Object> spec = this.stuck.spec((settings) -> settings.shutdown(SHORT).blocking(true));
		try (Blockade blockade = new Blockade(); RealThreads threads = start(spec)) {
			threads.agent("/stuck").tell(ProbeCommand.block(blockade));
			blockade.awaitHeld(Trees.LIMIT);
			RealThreads.await(threads.system.supervisor(AgentPath.ROOT).terminateChild("stuck"));
			RealThreads.await(threads.system.supervisor(AgentPath.ROOT).restartChild("stuck"));

			assertThat(RealThreads.await(threads.agent("/stuck").ask("hello", String.class))).isEqualTo("hello");

			blockade.release();
			RealThreads.await(this.returned);
			assertThat(RealThreads.await(threads.agent("/stuck").ask("again", String.class))).isEqualTo("again");
			assertThat(threads.system.tree()).hasNode("/stuck").withIncarnation(2);
		}
	}

	@Test
	void systemStopsWithAThreadThatNeverComesBack() throws InterruptedException {
		AgentSpec<Object> spec = this.stuck.spec((settings) -> settings.shutdown(SHORT));
		try (Blockade blockade = new Blockade()) {
			RealThreads threads = start(spec);
			threads.agent("/stuck").tell(ProbeCommand.block(blockade));
			blockade.awaitHeld(Trees.LIMIT);

			threads.close();

			assertThat(threads.events.at("/stuck").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.killed()));
			assertThat(threads.events.at("/stuck").of(AgentEvent.WorkAbandoned.class)).hasSize(1);
			assertThat(threads.events.at("/free").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.shutdown()));
		}
	}

	@Test
	void startThatHoldsItsThreadFailsInTime() {
		try (Blockade blockade = new Blockade(); RealThreads threads = start(this.free.spec())) {
			AgentSpec<Object> spec = AgentSpec.builder("blocker", Object.class, () -> {
				blockade.hold();
				return (message, context) -> Mono.empty();
			}).startTimeout(Duration.ofMillis(20)).build();

			StepVerifier.create(threads.system.supervisor(AgentPath.ROOT).startChild(spec))
				.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("/blocker")
					.hasRootCauseInstanceOf(IllegalStateException.class))
				.verify(Trees.LIMIT);

			RealThreads.await(this.abandoned);
			assertThat(threads.system.tree()).hasNoNode("/blocker");
		}
	}

	@Test
	void handlerThatHeedsItsInterruptGivesItsThreadBack() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		CountDownLatch handling = new CountDownLatch(1);
		AgentSpec<Object> spec = Act.agent("stuck", (settings) -> settings.shutdown(SHORT));
		try (RealThreads threads = start(spec)) {
			threads.agent("/stuck").tell((Act) (context) -> {
				handling.countDown();
				try {
					OnPurpose.block(new CountDownLatch(1)::await);
				}
				catch (InterruptedException ex) {
					interrupted.countDown();
				}
				return Mono.empty();
			});
			RealThreads.await(handling);

			RealThreads.await(threads.system.supervisor(AgentPath.ROOT).terminateChild("stuck"));

			RealThreads.await(interrupted);
			RealThreads.await(this.returned);
		}
	}

	@Test
	void blockingAgentRunsApartFromTheOthers() {
		AgentSpec<Object> blocking = Act.agent("stuck", (settings) -> settings.blocking(true));
		Act named = (context) -> Mono.fromCallable(() -> Thread.currentThread().getName());
		try (RealThreads threads = start(blocking, Act.agent("plain"))) {
			assertThat(RealThreads.await(threads.agent("/stuck").ask(named, String.class)))
				.startsWith("switchboard-blocking");
			assertThat(RealThreads.await(threads.agent("/plain").ask(named, String.class))).startsWith("switchboard-")
				.doesNotContain("blocking");
		}
	}

	@Test
	void manyBlockedAgentsDoNotHoldUpTheOthers() throws InterruptedException {
		int count = Runtime.getRuntime().availableProcessors() * 4;
		List<AgentSpec<Object>> blockers = IntStream.range(0, count)
			.mapToObj((i) -> this.probes.agent("blocker" + i)
				.spec((settings) -> settings.blocking(true).shutdown(Shutdown.brutalKill())))
			.toList();
		try (Blockade blockade = new Blockade(); RealThreads threads = start(blockers.toArray(AgentSpec<?>[]::new))) {
			blockers.forEach((spec) -> threads.agent("/" + spec.id()).tell(ProbeCommand.block(blockade)));
			blockade.awaitHeld(Trees.LIMIT);

			assertThat(RealThreads.await(threads.agent("/free").ask("hello", String.class))).isEqualTo("hello");
		}
	}

	@Test
	void cleanupThatHoldsItsThreadIsCutOff() {
		AtomicReference<ExitReason> seen = new AtomicReference<>();
		try (Blockade blockade = new Blockade(); RealThreads threads = start(this.free.spec())) {
			AgentSpec<Object> spec = AgentSpec.builder("blocker", Object.class, () -> new BlocksOnStop(blockade, seen))
				.shutdown(SHORT)
				.build();
			RealThreads.await(threads.system.supervisor(AgentPath.ROOT).startChild(spec));

			RealThreads.await(threads.system.supervisor(AgentPath.ROOT).terminateChild("blocker"));

			assertThat(seen).hasValue(ExitReason.shutdown());
			assertThat(threads.system.tree()).hasNode("/blocker").withLastExit(ExitReason.killed());
		}
	}

	private RealThreads start(AgentSpec<?>... children) {
		var root = SupervisorSpec.builder("root").children(List.of(children));
		if (List.of(children).stream().noneMatch((child) -> child.id().equals("free"))) {
			root.child(this.free.spec());
		}
		return new RealThreads(root.build(), (settings) -> settings.listener((event) -> {
			if (event instanceof AgentEvent.WorkAbandoned) {
				this.abandoned.countDown();
			}
			if (event instanceof AgentEvent.AbandonedWorkReturned) {
				this.returned.countDown();
			}
		}));
	}

	/**
	 * Holds its thread when it should clean up.
	 */
	private record BlocksOnStop(Blockade blockade, AtomicReference<ExitReason> seen) implements Behaviour<Object> {

		@Override
		public Mono<Void> onMessage(Object message, AgentContext<Object> context) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
			this.seen.set(reason);
			this.blockade.hold();
			return Mono.empty();
		}

	}

}
