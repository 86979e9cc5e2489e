package io.switchboard.test.behaviour;

import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEvent.NameRegistered;
import io.switchboard.event.AgentEvent.NameReleased;
import io.switchboard.registry.Name;
import io.switchboard.registry.NameNotRegisteredException;
import io.switchboard.registry.Names;
import io.switchboard.registry.Owner;
import io.switchboard.registry.OwnerGoneException;
import io.switchboard.registry.Registration;
import io.switchboard.registry.Registration.AlreadyRegistered;
import io.switchboard.registry.Registration.OwnerGone;
import io.switchboard.registry.Registration.Registered;
import io.switchboard.registry.ValueChange;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.StartedChild;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.test.behaviour.Resident.Use;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names: who gets them, and how long they keep them.
 */
class NameTests {

	private static final ProbeFailure FAILURE = new ProbeFailure("told to fail");

	private static final Use REGISTER = (registry, self) -> registry.names().register("desk", self, self.incarnation());

	private final Resident a = new Resident("a");

	private final Resident b = new Resident("b");

	@Test
	@Conforms("O1")
	@DisplayName("a name is registered once, whoever tries again is told the owner and owns nothing")
	void aNameHasOneOwner() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {
			Registration first = use(system, "/a", REGISTER);
			Registration again = use(system, "/a", REGISTER);
			Registration other = use(system, "/b", REGISTER);

			Name held = new Name("desk", life("/a", 1), 1L);
			assertThat(first).isEqualTo(new Registered(held));
			assertThat(again).isEqualTo(new AlreadyRegistered(held));
			assertThat(other).isEqualTo(new AlreadyRegistered(held));
			assertThat(names(system).whereIs("desk")).isEqualTo(held);
			assertThat(names(system).of(life("/b", 1))).isEmpty();
		}
	}

	@Test
	@Conforms("O3")
	@DisplayName("when two owners are killed, nothing is left of either")
	void nothingIsLeftOfTheKilled() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(temporary(this.a), temporary(this.b)))) {
			for (String path : List.of("/a", "/b")) {
				use(system, path, (registry, self) -> registry.names().register(self.path(), self));
				use(system, path, (registry, self) -> registry.names().register("of " + self.path(), place(self)));
				use(system, path, (registry, self) -> registry.groups().join("group", self));
				use(system, path, (registry, self) -> registry.topics().subscribe("topic", self));
			}
			assertThat(names(system).all()).hasSize(4);

			system.resultOf(system.system().control(AgentPath.of("/a")).kill());
			system.resultOf(system.system().control(AgentPath.of("/b")).kill());

			assertThat(names(system).all()).isEmpty();
			assertThat(system.system().registry().groups().all()).isEmpty();
			assertThat(system.system().registry().topics().all()).isEmpty();
		}
	}

	@Test
	@Conforms("O6")
	@DisplayName("the owner updates the value and is told old and new, a stranger is refused")
	void onlyTheOwnerUpdatesTheValue() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {
			use(system, "/a", REGISTER);
			Use update = (registry, self) -> Objects
				.requireNonNullElse(registry.names().update("desk", self, (value) -> value + " and more"), "refused");

			assertThat(NameTests.<Object>use(system, "/b", update)).isEqualTo("refused");
			assertThat(NameTests.<Object>use(system, "/a", update)).isEqualTo(new ValueChange(1L, "1 and more"));
		}
	}

	@Test
	@Conforms("O6")
	@DisplayName("listeners are told of register and unregister, at the owner's death, too")
	void listenersAreTold() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			use(system, "/a", REGISTER);
			use(system, "/a", (registry, self) -> registry.names().unregister("desk", self));
			use(system, "/a", REGISTER);
			int mark = system.events().mark();
			crash(system, "/a");

			assertThat(system.events().of(NameRegistered.class)).extracting(NameRegistered::name)
				.containsExactly("desk", "desk");
			assertThat(system.events().of(NameReleased.class)).extracting(NameReleased::path)
				.containsExactly(AgentPath.of("/a"), AgentPath.of("/a"));
			assertThat(system.events().since(mark)).extracting(AgentEvent::getClass)
				.as("free before the restart")
				.containsSubsequence(List.of(NameReleased.class, AgentEvent.Restarted.class));
		}
	}

	@ParameterizedTest(name = "killed {0}")
	@ValueSource(booleans = { false, true })
	@Conforms("O6")
	@DisplayName("a lock is given back when its holder crashes or is killed, and the next one has it")
	void aLockIsReleasedAtItsHoldersDeath(boolean killed) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {
			TestSubscriber<String> holding = TestSubscriber.create();
			TestSubscriber<String> waiting = TestSubscriber.create();
			TestSubscriber<String> elsewhere = TestSubscriber.create();
			use(system, "/a", lock("desk", Mono.never(), holding));
			use(system, "/b", lock("desk", Mono.just("mine"), waiting));
			use(system, "/b", lock("other", Mono.just("no need to wait"), elsewhere));
			assertThat(elsewhere.getReceivedOnNext()).containsExactly("no need to wait");
			assertThat(waiting.getReceivedOnNext()).isEmpty();

			if (killed) {
				system.resultOf(system.system().control(AgentPath.of("/a")).kill());
			}
			else {
				crash(system, "/a");
			}

			assertThat(holding.expectTerminalError()).isInstanceOf(OwnerGoneException.class);
			assertThat(waiting.getReceivedOnNext()).containsExactly("mine");
		}
	}

	@Test
	@Conforms("O6")
	@DisplayName("whoever is killed while waiting for a lock does not get it")
	void theKilledDoNotWaitForLocks() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {
			TestSubscriber<String> holding = TestSubscriber.create();
			TestSubscriber<String> waiting = TestSubscriber.create();
			TestSubscriber<String> next = TestSubscriber.create();
			use(system, "/a", lock("desk", Mono.never(), holding));
			use(system, "/b", lock("desk", Mono.just("never"), waiting));
			names(system).withLock("desk", Mono.just("next")).subscribe(next);

			system.resultOf(system.system().control(AgentPath.of("/b")).kill());
			holding.cancel();

			assertThat(waiting.expectTerminalError()).isInstanceOf(OwnerGoneException.class);
			assertThat(next.getReceivedOnNext()).containsExactly("next");
		}
	}

	@Test
	void theNameOfALifeEndsWithItAndTheNextLifeTakesItAgain() {
		this.a.onStart(REGISTER);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			crash(system, "/a");

			assertThat(names(system).all()).containsExactly(new Name("desk", life("/a", 2), 2L));
		}
	}

	@Test
	void theNameOfAPathStaysOverRestarts() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {
			Name held = names(system).register("desk", Owner.of(system.agent("/a")), "v").orElseThrow();
			this.b.onStart(REGISTER);

			crash(system, "/a");
			crash(system, "/b");

			assertThat(names(system).all()).containsExactly(held);
			assertThat(system.events().of(NameReleased.class)).isEmpty();
		}
	}

	@Test
	void theNameOfASpecificationIsThereBeforeTheStartAndStaysOverRestarts() {
		this.a.onStart((registry, self) -> registry.names().update("desk", self, (value) -> self.incarnation()));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(named(this.a)))) {
			assertThat(names(system).all()).containsExactly(new Name("desk", Owner.at(AgentPath.of("/a")), 1L));

			crash(system, "/a");

			assertThat(names(system).all()).containsExactly(new Name("desk", Owner.at(AgentPath.of("/a")), 2L));
			assertThat(system.events().of(NameRegistered.class)).hasSize(1);
		}
	}

	@Test
	void aNameStaysWhenTheSupervisorIsRestartedWithIts() {
		SupervisorSpec nested = SupervisorSpec.builder("nested")
			.intensity(Trees.perHour(0))
			.child(named(this.a))
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested))) {
			crash(system, "/nested/a");

			assertThat(Trees.status(system, "/nested/a")).isEqualTo(NodeStatus.RUNNING);
			assertThat(names(system).whereIs("desk")).isNotNull();
			assertThat(system.events().of(NameRegistered.class)).hasSize(1);
		}
	}

	@Test
	void aNameIsFreeWhenTheSupervisorIsGoneForGood() {
		SupervisorSpec nested = SupervisorSpec.builder("nested")
			.restart(Restart.TEMPORARY)
			.intensity(Trees.perHour(0))
			.child(named(this.a))
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested, this.b.spec()))) {
			crash(system, "/nested/a");

			assertThat(names(system).all()).isEmpty();
			assertThat(NameTests.<Registration>use(system, "/b", REGISTER).isRegistered()).isTrue();
		}
	}

	@Test
	void aNameIsFreeWhileItsAgentIsStoppedAndTakenAgainAtItsStart() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(named(this.a)))) {
			system.resultOf(system.supervisor("/").terminateChild("a"));
			assertThat(names(system).all()).isEmpty();

			system.resultOf(system.supervisor("/").restartChild("a"));

			assertThat(names(system).whereIs("desk")).isNotNull();
		}
	}

	@Test
	@Conforms("C11")
	void anAgentWhoseNameIsTakenDoesNotStart() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(named(this.a)))) {
			Mono<StartedChild> start = system.supervisor("/").startChild(named(this.b));

			assertThat(Trees.problemOf(system, start)).isEqualTo(Problem.START_FAILED);
			assertThat(system.failureOf(start)).cause()
				.isInstanceOf(NameNotRegisteredException.class)
				.hasMessageContaining("'desk'")
				.hasMessageContaining("held by '/a'");
			assertThat(names(system).all()).extracting(Name::owner).containsExactly(Owner.at(AgentPath.of("/a")));
			assertThat(Trees.counts(system, "/")).as("nothing is stored, and nobody harmed").isEqualTo("1/1/0/1");
		}
	}

	@ParameterizedTest
	@EnumSource(value = StartAnswer.class, names = { "ERROR", "THROW", "IGNORE" })
	void noNameIsLeftBehindByAStartThatCameToNothing(StartAnswer answer) {
		Probes probes = new Probes();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			Mono<StartedChild> start = system.supervisor("/")
				.startChild(probes.agent("p").onStart(1, answer).spec((spec) -> spec.registeredAs("desk")));
			start.onErrorComplete().subscribe(TestSubscriber.create());

			assertThat(probes.agent("p").attempts()).isOne();
			assertThat(names(system).all()).isEmpty();
		}
	}

	@Test
	void anEarlierLifeRegistersNothing() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			crash(system, "/a");

			assertThat(names(system).register("desk", life("/a", 1))).isEqualTo(new OwnerGone("desk", life("/a", 1)));
			assertThat(names(system).register("desk", life("/a", 3)).isRegistered()).isFalse();
			assertThat(names(system).register("desk", Owner.at(AgentPath.ROOT)).isRegistered()).isFalse();
			assertThat(names(system).register("desk", life("/a", 2)).isRegistered()).isTrue();
		}
	}

	@Test
	void nothingIsLeftWhenTheSystemHasStopped() {
		TestAgentSystem system = TestAgentSystem.start(Trees.root(named(this.a), this.b.spec()));
		names(system).register("b", Owner.of(system.agent("/b")));

		system.close();

		assertThat(names(system).all()).isEmpty();
		assertThat(names(system).register("desk", Owner.of(system.agent("/a"))).isRegistered()).isFalse();
	}

	private static Use lock(String key, Mono<String> work, TestSubscriber<String> outcome) {
		return (registry, self) -> {
			registry.names().withLock(key, self, work).subscribe(outcome);
			return "asked for the lock";
		};
	}

	private static AgentSpec<Object> named(Resident resident) {
		return resident.spec((spec) -> spec.registeredAs("desk"));
	}

	private static AgentSpec<Object> temporary(Resident resident) {
		return resident.spec((spec) -> spec.restart(Restart.TEMPORARY));
	}

	private static Owner life(String path, long incarnation) {
		return new Owner(AgentPath.of(path), incarnation);
	}

	private static Owner place(Owner life) {
		return Owner.at(life.path());
	}

	private static Names names(TestAgentSystem system) {
		return system.system().registry().names();
	}

	@SuppressWarnings("unchecked")
	private static <T> T use(TestAgentSystem system, String path, Use use) {
		Object result = system.resultOf(system.agent(path).ask(use, Object.class));
		assertThat(result).isNotNull();
		return (T) result;
	}

	private static void crash(TestAgentSystem system, String path) {
		Throwable failure = system.failureOf(system.agent(path).ask(FAILURE, Object.class));
		assertThat(failure).hasMessageContaining(ExitReason.crash(FAILURE).kind());
	}

}
