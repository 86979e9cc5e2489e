package io.switchboard.test.behaviour;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.switchboard.AgentPath;
import io.switchboard.MessageRejectedException;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.Blockade;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The runtime keeps apart the agents' code, that of those who talk to them, and its own.
 */
class IsolationTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	@Test
	void listenerThatFailsChangesNothing() {
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.a.spec())).listener((event) -> {
			throw new AssertionError("listener");
		}).start();

		system.agent("/a").tell(ProbeCommand.fail());

		assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2);
		system.close();
	}

	@Test
	void callerThatFailsDoesNotHarmTheSupervisor() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			try {
				system.supervisor("/").startChild(this.b.spec()).doOnNext((path) -> {
					throw new StackOverflowError("caller's own");
				}).subscribe(TestSubscriber.create());
			}
			catch (StackOverflowError ex) {
				assertThat(ex).hasMessage("caller's own");
			}

			assertThat(system.resultOf(system.agent("/b").ask("hello", String.class))).isEqualTo("hello");
			system.resultOf(system.supervisor("/").terminateChild("b"));
			assertThat(system.tree()).hasNode("/b").withStatus(NodeStatus.STOPPED);
		}
	}

	@Test
	void callerThatBlocksDoesNotHoldUpTheSupervisor() throws InterruptedException {
		try (Blockade blockade = new Blockade(); RealThreads threads = new RealThreads(Trees.root(this.a.spec()))) {
			SupervisorRef root = threads.system.supervisor(AgentPath.ROOT);
			root.startChild(this.b.spec()).doOnNext((path) -> blockade.hold()).subscribe(TestSubscriber.create());
			blockade.awaitHeld(Trees.LIMIT);

			RealThreads.await(root.terminateChild("a"));

			assertThat(threads.system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
		}
	}

	@ParameterizedTest(name = "blocking {0}")
	@ValueSource(booleans = { false, true })
	void handlersCodeNeverRunsOnTheReceiversThread(boolean blocking) {
		Set<String> names = ConcurrentHashMap.newKeySet();
		AgentSpec<Object> spec = Act.agent("a", (settings) -> settings.blocking(blocking));
		Act generates = (context) -> Flux.generate((sink) -> {
			names.add(Thread.currentThread().getName());
			sink.next(1);
		});
		try (RealThreads threads = new RealThreads(Trees.root(spec))) {
			CountDownLatch first = new CountDownLatch(1);
			CountDownLatch third = new CountDownLatch(3);
			TestSubscriber<Integer> receiver = TestSubscriber.builder().initialRequest(1).build();
			threads.agent("/a").stream(generates, Integer.class).doOnNext((element) -> {
				first.countDown();
				third.countDown();
			}).subscribe(receiver);
			RealThreads.await(first);

			receiver.request(2);
			RealThreads.await(third);
			receiver.cancel();

			assertThat(names).isNotEmpty().allSatisfy((name) -> assertThat(name).startsWith("switchboard-"));
			assertThat(names).allSatisfy((name) -> assertThat(name.contains("blocking")).isEqualTo(blocking));
		}
	}

	@RepeatedTest(20)
	void whoeverAsksAnEndedSystemIsToldSo() {
		RealThreads threads = new RealThreads(Trees.root(this.a.spec()));
		threads.close();

		StepVerifier.create(threads.agent("/a").ask("hello", String.class))
			.expectError(MessageRejectedException.class)
			.verify(Trees.LIMIT);
		StepVerifier.create(threads.agent("/a").stream("hello", String.class))
			.expectError(MessageRejectedException.class)
			.verify(Trees.LIMIT);
	}

	@Test
	void endedSystemHasGivenBackItsThreads() {
		Set<Thread> used = ConcurrentHashMap.newKeySet();
		List<AgentSpec<Object>> agents = List.of(Act.agent("a"), Act.agent("b", (spec) -> spec.blocking(true)));
		RealThreads threads = new RealThreads(Trees.root(agents.toArray(AgentSpec<?>[]::new)));
		CountDownLatch ran = new CountDownLatch(2);
		Act notes = (context) -> {
			used.add(Thread.currentThread());
			ran.countDown();
			return Mono.empty();
		};
		threads.agent("/a").tell(notes);
		threads.agent("/b").tell(notes);
		RealThreads.await(ran);

		threads.close();

		assertThat(used).hasSize(2).allSatisfy((thread) -> {
			thread.join(Trees.LIMIT.toMillis());
			assertThat(thread.isAlive()).as(thread.getName()).isFalse();
		});
	}

}
