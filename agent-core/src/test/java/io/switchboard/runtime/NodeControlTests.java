package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.StatefulBehaviour;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeControl}.
 */
class NodeControlTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AgentPath PATH = AgentPath.of("/desk/counter");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Sinks.One<Integer> gate = Sinks.one();

	private Mono<Void> startUp = Mono.empty();

	private final AgentSystem system = start();

	private final AgentRef<String> counter = this.system.agent(PATH, String.class);

	@Test
	void messagesWaitInOrderWhileSuspended() {
		List<Integer> answers = new ArrayList<>();
		complete(this.system.control(PATH).suspend());

		this.counter.ask("add", Integer.class).subscribe(answers::add);
		this.counter.ask("add", Integer.class).subscribe(answers::add);

		assertThat(node().status()).isEqualTo(NodeStatus.SUSPENDED);
		assertThat(answers).isEmpty();
		complete(this.system.control(PATH).resume());
		assertThat(answers).containsExactly(1, 2);
		assertThat(node().status()).isEqualTo(NodeStatus.RUNNING);
	}

	@Test
	void anAskThatTimedOutMeanwhileIsStillHandled() {
		List<Throwable> failures = new ArrayList<>();
		complete(this.system.control(PATH).suspend());
		this.counter.ask("add", Integer.class, Duration.ofSeconds(1)).subscribe((answer) -> {
		}, failures::add);
		this.time.advanceTimeBy(Duration.ofSeconds(2));

		complete(this.system.control(PATH).resume());

		assertThat(failures).hasSize(1);
		StepVerifier.create(this.system.control(PATH).state()).expectNext(1).expectComplete().verify(LIMIT);
	}

	@Test
	void stateIsSeenAndReplacedAlsoWhileSuspended() {
		this.counter.tell("add");
		complete(this.system.control(PATH).suspend());

		StepVerifier.create(this.system.control(PATH).state()).expectNext(1).expectComplete().verify(LIMIT);
		StepVerifier.create(this.system.control(PATH).replaceState((state) -> (Integer) state + 40))
			.expectNext(41)
			.expectComplete()
			.verify(LIMIT);

		complete(this.system.control(PATH).resume());
		StepVerifier.create(this.counter.ask("add", Integer.class)).expectNext(42).expectComplete().verify(LIMIT);
	}

	@Test
	void failedReplacementChangesNothing() {
		this.counter.tell("add");

		StepVerifier.create(this.system.control(PATH).replaceState((state) -> {
			throw new IllegalArgumentException("test");
		})).expectErrorMessage("test").verify(LIMIT);

		StepVerifier.create(this.counter.ask("add", Integer.class)).expectNext(2).expectComplete().verify(LIMIT);
		assertThat(node().incarnation()).isEqualTo(1);
	}

	@Test
	void stateIsNotReadBesideAMessage() {
		List<Object> states = new ArrayList<>();
		this.counter.tell("wait");

		this.system.control(PATH).state().subscribe(states::add);

		assertThat(states).isEmpty();
		this.gate.tryEmitValue(7);
		assertThat(states).containsExactly(7);
	}

	@Test
	void killIsLikeACrashWithoutCleanup() {
		complete(this.system.control(PATH).kill());

		assertThat(node().incarnation()).isEqualTo(2);
		assertThat(node().lastExit()).isNotNull().extracting((exit) -> exit.reason().kind()).isEqualTo("killed");
	}

	@Test
	void aSuspendedSupervisorRestartsLater() {
		AgentPath desk = AgentPath.of("/desk");
		complete(this.system.control(desk).suspend());

		complete(this.system.control(PATH).kill());

		assertThat(node().incarnation()).isEqualTo(1);
		complete(this.system.control(desk).resume());
		assertThat(node().incarnation()).isEqualTo(2);
	}

	@Test
	void aSuspendedSupervisorStillStops() {
		complete(this.system.control(AgentPath.of("/desk")).suspend());

		complete(this.system.stop());
	}

	@Test
	void whoeverLooksAtAnAgentThatFailsToStartIsToldSo() {
		Sinks.Empty<Void> readiness = Sinks.empty();
		List<Throwable> failures = new ArrayList<>();
		this.startUp = readiness.asMono();
		complete(this.system.control(PATH).kill());
		this.system.control(PATH).state().subscribe((state) -> {
		}, failures::add);
		this.system.control(PATH).suspend().subscribe((done) -> {
		}, failures::add);
		assertThat(failures).isEmpty();

		this.startUp = Mono.empty();
		readiness.tryEmitError(new IllegalStateException("test"));

		assertThat(failures).hasSize(2)
			.allSatisfy((ex) -> assertThat(((ChildOperationException) ex).problem()).isEqualTo(Problem.NOT_RUNNING));
	}

	@Test
	void whereNothingRunsItSaysSo() {
		StepVerifier.create(this.system.control(AgentPath.of("/desk/nobody")).suspend())
			.expectErrorSatisfies(
					(ex) -> assertThat(((ChildOperationException) ex).problem()).isEqualTo(Problem.NOT_RUNNING))
			.verify(LIMIT);
	}

	private TreeNode node() {
		TreeNode node = this.system.tree().find(PATH);
		assertThat(node).isNotNull();
		return node;
	}

	private static void complete(Mono<Void> operation) {
		StepVerifier.create(operation).expectComplete().verify(LIMIT);
	}

	private AgentSystem start() {
		AgentSystem started = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(SupervisorSpec.builder("desk")
					.child(AgentSpec.builder("counter", String.class, Counter::new).build())
					.build())
				.build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.build();
		complete(started.start());
		return started;
	}

	private final class Counter implements StatefulBehaviour<String, Integer> {

		private int count;

		@Override
		public Mono<Void> onStart(AgentContext<String> context) {
			return NodeControlTests.this.startUp;
		}

		@Override
		public Publisher<?> onMessage(String message, AgentContext<String> context) {
			return switch (message) {
				case "wait" -> NodeControlTests.this.gate.asMono().doOnNext((value) -> this.count = value);
				default -> Mono.just(++this.count);
			};
		}

		@Override
		public Integer state() {
			return this.count;
		}

		@Override
		public void replaceState(Integer state) {
			this.count = state;
		}

	}

}
