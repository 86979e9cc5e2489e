package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * What a specification says of itself, and which ones cannot be made.
 */
class SpecificationTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	@ParameterizedTest(name = "{0}")
	@MethodSource
	@Conforms({ "B1", "K15" })
	void settingOfASupervisorThatCannotBeIsNamed(ThrowingCallable making, Class<? extends Exception> type,
			String message) {
		assertThatExceptionOfType(type).isThrownBy(making).withMessageContaining(message);
	}

	static Stream<Arguments> settingOfASupervisorThatCannotBeIsNamed() {
		SupervisorSpec.Builder fixed = SupervisorSpec.builder("s");
		DynamicSupervisorSpec.Builder dynamic = DynamicSupervisorSpec.builder("d");
		return Stream.of(
				argumentSet("no strategy", call(() -> fixed.strategy(none())), NullPointerException.class,
						"'strategy' must not be null"),
				argumentSet("no intensity", call(() -> fixed.intensity(none())), NullPointerException.class,
						"'intensity' must not be null"),
				argumentSet("negative intensity", call(() -> new RestartIntensity(-1, Duration.ofSeconds(5))),
						IllegalArgumentException.class, "max-restarts -1: zero or more is allowed"),
				argumentSet("no period", call(() -> new RestartIntensity(1, none())), NullPointerException.class,
						"'within' must not be null"),
				argumentSet("period zero", call(() -> new RestartIntensity(1, Duration.ZERO)),
						IllegalArgumentException.class, "period PT0S: more than zero is needed"),
				argumentSet("negative period", call(() -> new RestartIntensity(1, Duration.ofSeconds(-5))),
						IllegalArgumentException.class, "period PT-5S: more than zero is needed"),
				argumentSet("no auto-shutdown", call(() -> fixed.autoShutdown(none())), NullPointerException.class,
						"'autoShutdown' must not be null"),
				argumentSet("dynamic without intensity", call(() -> dynamic.intensity(none())),
						NullPointerException.class, "'intensity' must not be null"),
				argumentSet("dynamic without scope", call(() -> dynamic.budgetScope(none())),
						NullPointerException.class, "'budgetScope' must not be null"),
				argumentSet("dynamic without room",
						call(() -> DynamicSupervisorSpec.builder("d").maxChildren(0).build()),
						InvalidSpecificationException.class, "maxChildren: 0 is given, at least 1 is needed"));
	}

	@Test
	@Conforms({ "B2", "B7" })
	void whatIsNotSetHasADefault() {
		AgentSpec<Object> agent = this.a.spec();
		SupervisorSpec supervisor = SupervisorSpec.builder("s").build();
		DynamicSupervisorSpec dynamic = DynamicSupervisorSpec.builder("d").build();

		assertThat(agent.type()).isEqualTo(NodeType.AGENT);
		assertThat(agent.shutdown()).isEqualTo(Shutdown.after(Duration.ofSeconds(5)));
		assertThat(supervisor.type()).isEqualTo(NodeType.SUPERVISOR);
		assertThat(supervisor.shutdown()).isEqualTo(Shutdown.infinite());
		assertThat(supervisor.strategy()).isEqualTo(Strategy.ONE_FOR_ONE);
		assertThat(supervisor.intensity()).isEqualTo(new RestartIntensity(3, Duration.ofSeconds(5)));
		assertThat(supervisor.autoShutdown()).isEqualTo(AutoShutdown.NEVER);
		assertThat(dynamic.type()).isEqualTo(NodeType.DYNAMIC_SUPERVISOR);
		assertThat(dynamic.shutdown()).isEqualTo(Shutdown.infinite());
		assertThat(dynamic.intensity()).isEqualTo(new RestartIntensity(3, Duration.ofSeconds(5)));
		assertThat(List.<ChildSpec>of(agent, supervisor, dynamic)).allSatisfy((spec) -> {
			assertThat(spec.restart()).isEqualTo(Restart.PERMANENT);
			assertThat(spec.significant()).isFalse();
		});
		assertThat(this.a.spec((spec) -> spec.shutdown(Shutdown.brutalKill())).shutdown())
			.isEqualTo(Shutdown.brutalKill());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	@Conforms({ "B3", "B4" })
	void settingOfAChildThatCannotBeIsNamed(ThrowingCallable making, Class<? extends Exception> type, String message) {
		assertThatExceptionOfType(type).isThrownBy(making).withMessageContaining(message);
	}

	static Stream<Arguments> settingOfAChildThatCannotBeIsNamed() {
		AgentSpec.Builder<Object> agent = Act.builder("a");
		return Stream.of(
				argumentSet("no id", call(() -> Act.builder(none())), NullPointerException.class,
						"'id' must not be null"),
				argumentSet("no start", call(() -> AgentSpec.builder("a", Object.class, none())),
						NullPointerException.class, "'factory' must not be null"),
				argumentSet("no type of message",
						call(() -> AgentSpec.builder("a", SpecificationTests.<Class<Object>>none(),
								() -> (message, context) -> Mono.empty())),
						NullPointerException.class, "'messageType' must not be null"),
				argumentSet("no restart type", call(() -> agent.restart(none())), NullPointerException.class,
						"'restart' must not be null"),
				argumentSet("no shutdown", call(() -> agent.shutdown(none())), NullPointerException.class,
						"'shutdown' must not be null"),
				argumentSet("shutdown -10", call(() -> Shutdown.after(Duration.ofMillis(-10))),
						IllegalArgumentException.class, "PT-0.01S is negative: zero or more is allowed"),
				argumentSet("start time-out zero",
						call(() -> Act.agent("a", (spec) -> spec.startTimeout(Duration.ZERO))),
						InvalidSpecificationException.class, "startTimeout: PT0S is given, more than zero is needed"),
				argumentSet("no time to handle",
						call(() -> Act.agent("a", (spec) -> spec.handlerTimeout(Duration.ZERO))),
						InvalidSpecificationException.class,
						"handlerTimeout: PT0S is given, more than zero is needed"));
	}

	@Test
	@Conforms({ "B3", "K15" })
	void childThatIsNoneIsRefusedWithoutAskingTheSupervisor() {
		SupervisorSpec.Builder supervisor = SupervisorSpec.builder("s");

		assertThatNullPointerException().isThrownBy(() -> supervisor.child(none()))
			.withMessage("'child' must not be null");
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()))) {
			for (String path : List.of("/", "/d", "/nobody")) {
				assertThatNullPointerException().isThrownBy(() -> system.supervisor(path).startChild(none()))
					.withMessage("'child' must not be null");
			}
		}
	}

	@Test
	@Conforms("B4")
	void everyCombinationThatCanBeIsAccepted() {
		List<ChildSpec> combinations = new ArrayList<>();
		for (Restart restart : Restart.values()) {
			for (Shutdown shutdown : List.of(Shutdown.after(Duration.ZERO), Shutdown.after(Duration.ofSeconds(1)),
					Shutdown.infinite(), Shutdown.brutalKill())) {
				int number = combinations.size();
				combinations.add(Act.agent("a" + number, (spec) -> spec.restart(restart).shutdown(shutdown)));
				combinations.add(SupervisorSpec.builder("s" + number).restart(restart).shutdown(shutdown).build());
			}
		}
		SupervisorSpec byHand = SupervisorSpec.builder("by-hand").build();
		SupervisorSpec inList = SupervisorSpec.builder("in-list").children(combinations).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(byHand, inList))) {
			combinations.forEach((spec) -> system.resultOf(system.supervisor("/by-hand").startChild(spec)));

			assertThat(combinations).hasSize(3 * 4 * 2);
			assertThat(Trees.counts(system, "/in-list")).isEqualTo("24/24/12/12");
			assertThat(Trees.counts(system, "/by-hand")).isEqualTo("24/24/12/12");
		}
	}

	@Test
	@Conforms("B5")
	void idThatIsGivenTwiceIsNamedAndNothingStarts() {
		SupervisorSpec.Builder supervisor = SupervisorSpec.builder("s").child(this.a.spec()).child(this.a.spec());

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(supervisor::build)
			.satisfies((ex) -> assertThat(ex.subject()).isEqualTo("supervisor 's'"))
			.withMessageContaining("the id 'a' is given twice");
		assertThat(this.a.attempts()).isZero();
	}

	@Test
	@Conforms("B6")
	void significantChildNeedsASupervisorThatEndsWithIt() {
		AgentSpec<Object> significant = this.a.spec((spec) -> spec.restart(Restart.TRANSIENT).significant(true));
		SupervisorSpec.Builder supervisor = SupervisorSpec.builder("s").child(significant);

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(supervisor::build)
			.satisfies((ex) -> assertThat(ex.problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.field()).isEqualTo("autoShutdown, children")))
			.withMessageContaining("child 'a' is significant, which means nothing under NEVER");
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			assertThat(Trees.problemOf(system, system.supervisor("/").startChild(significant)))
				.isEqualTo(Problem.SIGNIFICANT);
			assertThat(this.a.attempts()).isZero();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	@Conforms("B6")
	void significantChildMustBeAbleToEndByItself(Supplier<ChildSpec> making) {
		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(making::get)
			.satisfies((ex) -> assertThat(ex.problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.field()).isEqualTo("significant, restart")))
			.withMessageContaining("make it TRANSIENT or TEMPORARY, or not significant");
	}

	static Stream<Arguments> significantChildMustBeAbleToEndByItself() {
		return Stream.of(
				argumentSet("permanent by default", supply(() -> Act.agent("a", (spec) -> spec.significant(true)))),
				argumentSet("permanent",
						supply(() -> Act.agent("a", (spec) -> spec.restart(Restart.PERMANENT).significant(true)))),
				argumentSet("supervisor", supply(() -> SupervisorSpec.builder("s").significant(true).build())),
				argumentSet("dynamic supervisor",
						supply(() -> DynamicSupervisorSpec.builder("d").significant(true).build())));
	}

	@Test
	void allThatIsWrongIsReportedAtOnce() {
		AgentSpec.Builder<Object> agent = Act.builder("not a name").startTimeout(Duration.ZERO).significant(true);

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(agent::build)
			.satisfies((ex) -> assertThat(ex.problems()).extracting(InvalidSpecificationException.Problem::field)
				.containsExactly("id", "significant, restart", "startTimeout"));
	}

	@Test
	@Conforms("A12")
	void supervisorIsReachedByItsPath() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(SupervisorSpec.builder("desk").child(this.a.spec()).build()))) {
			assertThat(system.supervisor("/desk").path()).isEqualTo(AgentPath.of("/desk"));
			system.resultOf(system.supervisor("/desk").terminateChild("a"));
			assertThat(Trees.status(system, "/desk/a")).isEqualTo(NodeStatus.STOPPED);
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "", "front/desk", "front desk", ".", "..", "desk\n" })
	@Conforms("A12")
	void nameThatCannotBePartOfAPathIsRefusedWithWhatIsAllowed(String name) {
		assertThatExceptionOfType(InvalidSpecificationException.class)
			.isThrownBy(() -> SupervisorSpec.builder(name).build())
			.withMessageContaining("id: Name '" + name + "' cannot be part of an agent path: "
					+ "1 to 255 characters are allowed, without slash, white space and control characters");
	}

	@Test
	@Conforms("A12")
	void pathThatIsNoneIsRefusedWithAnExample() {
		assertThatIllegalArgumentException().isThrownBy(() -> AgentPath.of("desk"))
			.withMessage("Agent path 'desk' is not absolute: it must begin with '/', as in '/desk/pricing'");
	}

	private static ThrowingCallable call(ThrowingCallable making) {
		return making;
	}

	private static Supplier<ChildSpec> supply(Supplier<ChildSpec> making) {
		return making;
	}

	@SuppressWarnings({ "NullAway", "TypeParameterUnusedInFormals" })
	private static <T> T none() {
		return null;
	}

}
