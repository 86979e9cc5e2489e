package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of children to the supervisors above them.
 */
class CallsFromChildrenTests {

	private final AtomicReference<AgentSystem> system = new AtomicReference<>();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	@Test
	void callFromAStartFailsThatStartAtOnce() {
		try (TestAgentSystem system = start()) {
			Throwable failure = system.failureOf(system.supervisor("/").startChild(asksAtStart("a", "/")));

			assertThat(failure).hasCauseInstanceOf(ChildOperationException.class);
			assertThat(((ChildOperationException) failure.getCause()).problem()).isEqualTo(Problem.CALLED_BY_CHILD);
			assertThat(system.tree()).satisfies((tree) -> assertThat(tree.root().children()).isEmpty());
		}
	}

	@Test
	void callFromAStartBelowFailsAtOnce() {
		SupervisorSpec nested = SupervisorSpec.builder("nested").child(asksAtStart("a", "/")).build();
		try (TestAgentSystem system = start()) {
			Throwable failure = system.failureOf(system.supervisor("/").startChild(nested));

			assertThat(failure).hasRootCauseInstanceOf(ChildOperationException.class)
				.rootCause()
				.hasMessageContaining("waits for this call");
		}
	}

	@Test
	void callFromAStopFailsAtOnce() {
		try (TestAgentSystem system = start(new Asking("a", "/") {

			@Override
			public Mono<Void> onStop(ExitReason reason, AgentContext<String> context) {
				return call();
			}

		}.spec())) {
			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertCalledByChild();
		}
	}

	@Test
	void callToAnotherSupervisorIsServed() {
		SupervisorSpec other = SupervisorSpec.builder("other").build();
		try (TestAgentSystem system = start(other)) {
			system.resultOf(system.supervisor("/").startChild(asksAtStart("a", "/other")));

			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.RUNNING);
		}
	}

	@Test
	void callWithoutWaitingForItIsServedLater() {
		TestSubscriber<Object> counts = TestSubscriber.create();
		try (TestAgentSystem system = start()) {
			system.resultOf(system.supervisor("/").startChild(new Asking("a", "/") {

				@Override
				public Mono<Void> onStart(AgentContext<String> context) {
					supervisor().counts().cast(Object.class).subscribe(counts);
					return Mono.empty();
				}

			}.spec()));

			assertThat(counts.getReceivedOnNext()).extracting(Object::toString).containsExactly("1/1/0/1");
		}
	}

	@Test
	void callFromAMessageIsServed() {
		try (TestAgentSystem system = start(new Asking("a", "/").spec())) {
			assertThat(system.resultOf(system.agent("/a").ask("counts", String.class))).isEqualTo("1/1/0/1");
		}
	}

	@Test
	void callFromTheFirstThingAfterTheStartIsServed() {
		try (TestAgentSystem system = start()) {
			system.resultOf(system.supervisor("/").startChild(new Asking("a", "/") {

				@Override
				public Mono<Void> onStarted(AgentContext<String> context) {
					return call();
				}

			}.spec()));

			assertThat(this.failure.get()).isNull();
			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.RUNNING);
		}
	}

	@Test
	void childThatWaitsForItsOwnStopIsRefused() {
		try (TestAgentSystem system = start(new Asking("a", "/").spec())) {
			assertThat(system.resultOf(system.agent("/a").ask("stop me", String.class)))
				.isEqualTo(Problem.CALLED_BY_CHILD.name());
			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.RUNNING);
		}
	}

	@Test
	void childOfADynamicSupervisorMayCallFromItsStart() {
		try (TestAgentSystem system = start(DynamicSupervisorSpec.builder("d").build())) {
			system.resultOf(system.supervisor("/d").startChild(asksAtStart("a", "/d")));

			assertThat(Trees.status(system, "/d/a")).isEqualTo(NodeStatus.RUNNING);
		}
	}

	@Test
	void callOnBehalfOfAChildThatStartsFailsAtOnce() {
		try (TestAgentSystem system = start(new Asking("helper", "/").spec())) {
			AgentSpec<String> spec = new Asking("a", "/") {

				@Override
				public Mono<Void> onStart(AgentContext<String> context) {
					return context.agent(AgentPath.of("/helper"))
						.ask("counts", String.class)
						.doOnNext(
								(answer) -> CallsFromChildrenTests.this.failure.set(new ChildOperationProblem(answer)))
						.then();
				}

			}.spec();

			system.resultOf(system.supervisor("/").startChild(spec));

			assertThat(this.failure.get()).hasMessage(Problem.CALLED_BY_CHILD.name());
		}
	}

	@Test
	void callThatBlocksInABlockingAgentFailsAtOnce() {
		Supplier<Behaviour<String>> blocks = () -> new Asking("a", "/") {

			@Override
			public Mono<Void> onStart(AgentContext<String> context) {
				supervisor().counts().block(Trees.LIMIT);
				return Mono.empty();
			}

		};
		try (RealThreads threads = new RealThreads(Trees.root())) {
			this.system.set(threads.system);
			AgentSpec<String> spec = AgentSpec.builder("a", String.class, blocks::get).blocking(true).build();

			TestSubscriber<Object> start = TestSubscriber.create();
			threads.system.supervisor(AgentPath.ROOT).startChild(spec).cast(Object.class).subscribe(start);
			start.block(Trees.LIMIT);

			assertThat(start.expectTerminalError()).hasCauseInstanceOf(ChildOperationException.class)
				.cause()
				.extracting((ex) -> ((ChildOperationException) ex).problem())
				.isEqualTo(Problem.CALLED_BY_CHILD);
		}
	}

	@Test
	void callThatBlocksInAMessageIsServed() {
		Behaviour<String> blocks = (message, context) -> Mono
			.just(String.valueOf(this.system.get().supervisor(AgentPath.ROOT).counts().block(Trees.LIMIT)));
		AgentSpec<String> spec = AgentSpec.builder("a", String.class, () -> blocks).blocking(true).build();
		try (RealThreads threads = new RealThreads(Trees.root(spec))) {
			this.system.set(threads.system);

			assertThat(RealThreads.await(threads.agent("/a").ask("counts", String.class))).isEqualTo("1/1/0/1");
		}
	}

	private void assertCalledByChild() {
		assertThat(this.failure.get()).isInstanceOfSatisfying(ChildOperationException.class,
				(ex) -> assertThat(ex.problem()).isEqualTo(Problem.CALLED_BY_CHILD));
	}

	private AgentSpec<String> asksAtStart(String id, String supervisor) {
		return new Asking(id, supervisor) {

			@Override
			public Mono<Void> onStart(AgentContext<String> context) {
				return supervisor().counts().then();
			}

		}.spec();
	}

	private TestAgentSystem start(ChildSpec... children) {
		TestAgentSystem started = TestAgentSystem.start(Trees.root(children));
		this.system.set(started.system());
		return started;
	}

	/**
	 * Asks a supervisor.
	 */
	private class Asking implements Behaviour<String> {

		private final String id;

		private final AgentPath supervisor;

		Asking(String id, String supervisor) {
			this.id = id;
			this.supervisor = AgentPath.of(supervisor);
		}

		AgentSpec<String> spec() {
			return AgentSpec.builder(this.id, String.class, () -> this)
				.shutdown(Shutdown.after(Duration.ofSeconds(5)))
				.build();
		}

		SupervisorRef supervisor() {
			return CallsFromChildrenTests.this.system.get().supervisor(this.supervisor);
		}

		Mono<Void> call() {
			return supervisor().counts().then().onErrorResume((ex) -> {
				CallsFromChildrenTests.this.failure.set(ex);
				return Mono.empty();
			});
		}

		@Override
		public Publisher<?> onMessage(String message, AgentContext<String> context) {
			Mono<?> call = message.equals("stop me") ? supervisor().terminateChild(this.id) : supervisor().counts();
			return call.map(Object::toString)
				.onErrorResume(ChildOperationException.class, (ex) -> Mono.just(ex.problem().name()));
		}

	}

	/**
	 * Carries the name of a problem.
	 */
	private static final class ChildOperationProblem extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private ChildOperationProblem(String problem) {
			super(problem);
		}

	}

}
