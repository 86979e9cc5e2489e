package io.switchboard.test.behaviour;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.blocking.OnPurpose;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Supervisors and operators get through while four times as many agents as there are
 * processors compute without end, and do not look at their interrupt.
 */
class UnderLoadTests {

	private static final int HOGS = Runtime.getRuntime().availableProcessors() * 4;

	private static final AgentPath FIRST = AgentPath.of("/hog-0");

	private final AtomicBoolean enough = new AtomicBoolean();

	private final CountDownLatch computing = new CountDownLatch(HOGS);

	private final CountDownLatch second = new CountDownLatch(1);

	private final RealThreads threads = start();

	@BeforeEach
	void compute() {
		for (int i = 0; i < HOGS; i++) {
			this.threads.agent("/hog-" + i).tell((Act) (context) -> {
				this.computing.countDown();
				OnPurpose.block(() -> {
					while (!this.enough.get()) {
						Thread.onSpinWait();
					}
				});
				return Mono.empty();
			});
		}
		RealThreads.await(this.computing);
	}

	@AfterEach
	void close() {
		this.enough.set(true);
		this.threads.close();
	}

	@Test
	void anAgentThatComputesIsKilledAndRestartedMeanwhile() {
		RealThreads.await(this.threads.system.control(FIRST).kill());

		assertThat(RealThreads.await(this.threads.agent("/hog-0").ask("hello", String.class))).isEqualTo("hello");
		assertThat(this.threads.system.tree()).hasNode("/hog-0")
			.withStatus(NodeStatus.RUNNING)
			.withIncarnation(2)
			.withLastExit(ExitReason.killed());
		assertThat(this.threads.system.workerStatistics().abandoned()).isOne();
	}

	@Test
	void allThatComputeAreKilledAndRestartedMeanwhile() {
		RealThreads.await(Flux.range(0, HOGS)
			.concatMap((i) -> this.threads.system.control(AgentPath.of("/hog-" + i)).kill())
			.then());

		for (int i = 0; i < HOGS; i++) {
			assertThat(RealThreads.await(this.threads.agent("/hog-" + i).ask("hello", String.class)))
				.isEqualTo("hello");
		}
		assertThat(this.threads.system.workerStatistics().abandoned()).isEqualTo(HOGS);
	}

	@Test
	void otherAgentsAreInspectedSuspendedAndAskedMeanwhile() {
		AgentPath free = AgentPath.of("/free");

		RealThreads.await(this.threads.system.control(free).suspend());
		assertThat(this.threads.system.tree()).hasNode("/free").withStatus(NodeStatus.SUSPENDED);
		RealThreads.await(this.threads.system.control(free).resume());

		assertThat(RealThreads.await(this.threads.agent("/free").ask("hello", String.class))).isEqualTo("hello");
	}

	@Test
	void childrenAreStartedStoppedAndRestartedMeanwhile() {
		SupervisorRef root = this.threads.system.supervisor(AgentPath.ROOT);

		RealThreads.await(root.startChild(Act.agent("late")));
		RealThreads.await(root.terminateChild("free"));
		RealThreads.await(root.restartChild("free"));

		assertThat(RealThreads.await(this.threads.agent("/late").ask("hello", String.class))).isEqualTo("hello");
		assertThat(this.threads.system.tree()).hasNode("/free").withStatus(NodeStatus.RUNNING).withIncarnation(2);
	}

	@Test
	void anAgentThatCrashesIsBackMeanwhile() {
		this.threads.agent("/free").tell((Act) (context) -> {
			throw new IllegalStateException("boom");
		});
		this.threads.agent("/free").tell((Act) (context) -> {
			this.second.countDown();
			return Mono.empty();
		});

		RealThreads.await(this.second);
		assertThat(this.threads.system.tree()).hasNode("/free").withIncarnation(2);
	}

	private static RealThreads start() {
		List<AgentSpec<?>> agents = Stream
			.concat(Stream.of("free"), IntStream.range(0, HOGS).mapToObj((i) -> "hog-" + i))
			.<AgentSpec<?>>map((name) -> Act.agent(name, (spec) -> spec.shutdown(Shutdown.brutalKill())))
			.toList();
		return new RealThreads(Trees.root(Strategy.ONE_FOR_ONE, 100, agents.toArray(AgentSpec<?>[]::new)));
	}

}
