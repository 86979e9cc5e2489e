package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.event.AgentEvent;
import io.switchboard.registry.NameNotRegisteredException;
import io.switchboard.registry.Names;
import io.switchboard.registry.Owner;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.SupervisorStartException;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * What may come out of an agent's start, and who is told.
 */
class InitTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("failures")
	@Conforms({ "N2", "A3", "A10", "C8", "K9" })
	void startThatFailsTellsItsStarterAndLeavesNothingBehind(OnStart onStart, Class<? extends Throwable> cause,
			String message) {
		for (String supervisor : List.of("/", "/d")) {
			try (TestAgentSystem system = TestAgentSystem
				.start(Trees.root(DynamicSupervisorSpec.builder("d").build()))) {
				for (int attempt = 1; attempt <= 5; attempt++) {
					TestSubscriber<Object> starter = TestSubscriber.create();
					system.supervisor(supervisor).startChild(named("a", onStart)).cast(Object.class).subscribe(starter);
					system.advance(Duration.ofSeconds(2));

					assertThat(starter.expectTerminalError()).isInstanceOfSatisfying(ChildOperationException.class,
							(ex) -> {
								assertThat(ex.problem()).isEqualTo(Problem.START_FAILED);
								assertThat(ex).cause().isInstanceOf(cause).hasMessageContaining(message);
							});
					assertThat(starter.getProtocolErrors()).isEmpty();
					assertThat(names(system).all()).isEmpty();
					assertThat(system.events().of(AgentEvent.StartFailed.class)).hasSize(attempt);
				}
				assertThat(Trees.counts(system, "/d")).isEqualTo("0/0/0/0");
				assertThat(system.tree()).hasChildren("/", "d").hasNode("/").withStatus(NodeStatus.RUNNING);
				assertThat(system.resultOf(system.supervisor(supervisor).startChild(named("a", OnStart.FINE))))
					.as("the name and the id are free")
					.isNotNull();
			}
		}
	}

	static Stream<Arguments> failures() {
		return Stream.of(argumentSet("signals an error",
				onStart((context) -> Mono.error(new ProbeFailure("signalled"))), ProbeFailure.class, "signalled"),
				argumentSet("throws", onStart((context) -> {
					throw new ProbeFailure("thrown");
				}), ProbeFailure.class, "thrown"), argumentSet("throws an Error", onStart((context) -> {
					throw new StackOverflowError("deep");
				}), StackOverflowError.class, "deep"),
				argumentSet("returns nonsense", onStart((context) -> none()), IllegalStateException.class,
						"The behaviour of agent '"),
				argumentSet("takes too long", onStart((context) -> Mono.never()), IllegalStateException.class,
						"start time-out of PT2S"));
	}

	@Test
	@Conforms("N2")
	void startThatIsIgnoredLeavesNoNameBehind() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			for (int attempt = 1; attempt <= 5; attempt++) {
				AgentSpec<Object> declining = named("a" + attempt, onStart(AgentContext::ignoreStart));

				assertThat((Object) system.resultOf(system.supervisor("/").startChild(declining))).isNull();
				assertThat(names(system).all()).isEmpty();
			}
			assertThat(system.events().of(AgentEvent.StartFailed.class)).isEmpty();
			assertThat(Trees.counts(system, "/")).isEqualTo("5/0/0/5");
		}
	}

	@Test
	@Conforms("N1")
	void nameThatIsTakenIsAnErrorThatNamesItsHolder() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(named("first", OnStart.FINE)))) {
			Throwable failure = system.failureOf(system.supervisor("/").startChild(named("second", OnStart.FINE)));

			assertThat(failure).cause()
				.isInstanceOf(NameNotRegisteredException.class)
				.hasMessageContaining("held by '/first'");
			assertThat(system.tree()).hasChildren("/", "first").hasNode("/first").withIncarnation(1);
			system.resultOf(system.supervisor("/").terminateChild("first"));
			system.resultOf(system.supervisor("/").startChild(named("second", OnStart.FINE)));
			assertThat(names(system).all()).singleElement()
				.satisfies((name) -> assertThat(name.owner()).isEqualTo(Owner.at(AgentPath.of("/second"))));
		}
	}

	@Test
	@Conforms({ "A4", "A10" })
	void failedStartOfATreeKeepsTheErrorAndItsStack() {
		StackOverflowError error = new StackOverflowError("while starting");
		SupervisorSpec desk = SupervisorSpec.builder("desk").child(named("a", onStart((context) -> {
			throw error;
		}))).build();
		TestAgentSystem system = TestAgentSystem.builder(Trees.root(desk)).build();
		TestSubscriber<Void> starter = TestSubscriber.create();

		system.system().start().subscribe(starter);

		assertThat(starter.expectTerminalError()).isInstanceOf(SupervisorStartException.class)
			.rootCause()
			.isSameAs(error);
		assertThat(error.getStackTrace()).extracting(StackTraceElement::getClassName)
			.contains(InitTests.class.getName());
		assertThat(starter.getProtocolErrors()).isEmpty();
		assertThat(names(system).all()).isEmpty();
		system.close();
	}

	@Test
	@Conforms("A2")
	void supervisorStaysUpThoughAllItsChildrenDeclined() {
		SupervisorSpec desk = SupervisorSpec.builder("desk")
			.child(named("a", onStart(AgentContext::ignoreStart)))
			.child(SupervisorSpec.builder("empty").build())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(desk))) {
			assertThat(Trees.counts(system, "/desk")).isEqualTo("2/1/1/1");
			assertThat(system.tree()).hasNode("/desk/empty").withStatus(NodeStatus.RUNNING);
		}
	}

	private static AgentSpec<Object> named(String id, OnStart onStart) {
		return AgentSpec.builder(id, Object.class, () -> new Starting(onStart))
			.registeredAs("desk")
			.startTimeout(Duration.ofSeconds(2))
			.build();
	}

	private static Names names(TestAgentSystem system) {
		return system.system().registry().names();
	}

	private static OnStart onStart(OnStart onStart) {
		return onStart;
	}

	@SuppressWarnings("NullAway")
	private static Mono<Void> none() {
		return null;
	}

	/**
	 * What a start does.
	 */
	@FunctionalInterface
	interface OnStart {

		OnStart FINE = (context) -> Mono.empty();

		Mono<Void> in(AgentContext<Object> context);

	}

	private record Starting(OnStart onStart) implements Behaviour<Object> {

		@Override
		public Mono<Void> onStart(AgentContext<Object> context) {
			return this.onStart.in(context);
		}

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			return Mono.just(message);
		}

	}

}
