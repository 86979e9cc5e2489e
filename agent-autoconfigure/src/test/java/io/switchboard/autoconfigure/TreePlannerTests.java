package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link TreePlanner}.
 */
class TreePlannerTests {

	@ParameterizedTest
	@MethodSource
	void plansTheTree(List<SupervisorDefinition> supervisors, List<ChildDefinition> children, String expected) {
		SupervisorSpec root = TreePlanner.plan(supervisor("/", "/"), List.of(), supervisors, children);

		assertThat(draw(root)).isEqualTo(expected);
	}

	static Stream<Arguments> plansTheTree() {
		return Stream.of(argumentSet("nothing is an empty root", List.of(), List.of(), "root[]"),
				argumentSet("children without a supervisor are below the root", List.of(),
						List.of(agent(null, "a"), agent("/", "b")), "root[a, b]"),
				argumentSet("children are below the supervisor they name",
						List.of(supervisor("desk", "/"), supervisor("back", "/")),
						List.of(agent("back", "audit"), agent("desk", "pricing")), "root[desk[pricing], back[audit]]"),
				argumentSet("supervisors are below the one they name, whatever the order",
						List.of(supervisor("inner", "outer"), supervisor("outer", "/")), List.of(agent("inner", "a")),
						"root[outer[inner[a]]]"),
				argumentSet("supervisors are started before other children, each in the order given",
						List.of(supervisor("one", "/"), supervisor("two", "/")),
						List.of(agent(null, "z"), agent(null, "a")), "root[one[], two[], z, a]"),
				argumentSet("a child may have the name of its supervisor", List.of(supervisor("desk", "/")),
						List.of(agent("desk", "desk")), "root[desk[desk]]"),
				argumentSet("specifications bring their own children", List.of(supervisor("desk", "/")),
						List.of(child("desk", SupervisorSpec.builder("crew").child(spec("writer")).build())),
						"root[desk[crew[writer]]]"));
	}

	@Test
	void whatOthersNeedIsStartedBeforeThem() {
		SupervisorSpec root = TreePlanner.plan(supervisor("/", "/"), List.of(agent(null, "tools")),
				List.of(supervisor("desk", "/")), List.of(agent("desk", "pricing"), agent(null, "a")));

		assertThat(draw(root)).isEqualTo("root[tools, desk[pricing], a]");
	}

	@Test
	void supervisorsKeepTheirSettings() {
		SupervisorDefinition desk = new SupervisorDefinition("desk", "/", Strategy.REST_FOR_ONE,
				new RestartIntensity(7, Duration.ofMinutes(2)), AutoShutdown.ANY_SIGNIFICANT, null,
				WhenBudgetSpent.STOP);

		SupervisorSpec root = TreePlanner.plan(supervisor("/", "/"), List.of(), List.of(desk), List.of());

		SupervisorSpec planned = (SupervisorSpec) root.children().get(0);
		assertThat(planned.strategy()).isEqualTo(Strategy.REST_FOR_ONE);
		assertThat(planned.intensity()).isEqualTo(new RestartIntensity(7, Duration.ofMinutes(2)));
		assertThat(planned.autoShutdown()).isEqualTo(AutoShutdown.ANY_SIGNIFICANT);
	}

	@Test
	void unknownSupervisorsAreReportedTogetherWithWhatIsNear() {
		List<SupervisorDefinition> supervisors = List.of(supervisor("desk", "/"), supervisor("back", "rear"));
		List<ChildDefinition> children = List.of(agent("dekc", "pricing"));

		assertThatExceptionOfType(UnknownSupervisorException.class).isThrownBy(() -> plan(supervisors, children))
			.withMessageContainingAll("switchboard.supervisors.back.parent: 'rear'.", "origin of pricing: 'dekc'.",
					"Did you mean 'desk'?", "are: 'desk', 'back'.")
			.satisfies((ex) -> assertThat(ex.action()).contains("switchboard:", "rear:", "'/' is the root"));
	}

	@Test
	void unknownSupervisorWithoutAnySaysThatThereIsOnlyTheRoot() {
		assertThatExceptionOfType(UnknownSupervisorException.class)
			.isThrownBy(() -> plan(List.of(), List.of(agent("desk", "pricing"))))
			.withMessageContaining("there is only the root '/'");
	}

	@ParameterizedTest
	@MethodSource
	void circlesAreReported(List<SupervisorDefinition> supervisors, String[] expected) {
		assertThatExceptionOfType(SupervisorCycleException.class).isThrownBy(() -> plan(supervisors, List.of()))
			.withMessageContainingAll(expected)
			.satisfies((ex) -> assertThat(ex.action()).contains(".parent: /"));
	}

	static Stream<Arguments> circlesAreReported() {
		return Stream.of(
				argumentSet("one below itself", List.of(supervisor("a", "a")), new String[] { "'a' is below 'a'" }),
				argumentSet("two below each other", List.of(supervisor("a", "b"), supervisor("b", "a")),
						new String[] { "'a' is below 'b' is below 'a'" }),
				argumentSet("one that leads into a circle is not part of it",
						List.of(supervisor("in", "a"), supervisor("a", "b"), supervisor("b", "a")),
						new String[] { "    - 'a' is below 'b' is below 'a'" }),
				argumentSet("two circles", List.of(supervisor("a", "a"), supervisor("b", "b"), supervisor("c", "/")),
						new String[] { "'a' is below 'a'", "'b' is below 'b'" }));
	}

	@ParameterizedTest
	@MethodSource
	void namesGivenTwiceAreReported(List<SupervisorDefinition> supervisors, List<ChildDefinition> children,
			String[] expected) {
		assertThatExceptionOfType(DuplicateNameException.class).isThrownBy(() -> plan(supervisors, children))
			.withMessageContainingAll(expected);
	}

	static Stream<Arguments> namesGivenTwiceAreReported() {
		return Stream.of(
				argumentSet("two agents below different supervisors", List.of(supervisor("desk", "/")),
						List.of(agent("desk", "a"), agent(null, "a")),
						new String[] { "The agent name 'a' is used by (origin of a) and (origin of a)" }),
				argumentSet("an agent and a kind of sessions", List.of(supervisor("desk", "/")),
						List.of(agent(null, "a"), child("desk", sessions("a"))), new String[] { "agent name 'a'" }),
				argumentSet("an agent inside a specification", List.of(),
						List.of(agent(null, "a"), child(null, SupervisorSpec.builder("crew").child(spec("a")).build())),
						new String[] { "agent name 'a'", "origin of crew, supervisor 'crew'" }),
				argumentSet("an agent and a supervisor below one parent", List.of(supervisor("desk", "/")),
						List.of(agent(null, "desk")),
						new String[] { "name 'desk' below supervisor '/'",
								"(switchboard.supervisors.desk) and (origin of desk)" }),
				argumentSet("several at once", List.of(),
						List.of(agent(null, "a"), agent(null, "a"), agent(null, "b"), agent(null, "b")),
						new String[] { "agent name 'a'", "agent name 'b'" }));
	}

	@Test
	void aNameThatIsTakenTwiceIsReportedOnce() {
		List<ChildDefinition> children = List.of(agent(null, "a"), agent(null, "a"));

		assertThatExceptionOfType(DuplicateNameException.class).isThrownBy(() -> plan(List.of(), children))
			.satisfies((ex) -> assertThat(ex.getMessage()).containsOnlyOnce("    - "));
	}

	private static SupervisorSpec plan(List<SupervisorDefinition> supervisors, List<ChildDefinition> children) {
		return TreePlanner.plan(supervisor("/", "/"), List.of(), supervisors, children);
	}

	private static SupervisorDefinition supervisor(String name, String parent) {
		return new SupervisorDefinition(name, parent, Strategy.ONE_FOR_ONE, RestartIntensity.defaults(),
				AutoShutdown.NEVER, null, WhenBudgetSpent.STOP);
	}

	private static ChildDefinition agent(@Nullable String supervisor, String name) {
		return child(supervisor, spec(name));
	}

	private static ChildDefinition child(@Nullable String supervisor, ChildSpec spec) {
		return new ChildDefinition("origin of " + spec.id(), supervisor, spec);
	}

	private static AgentSpec<String> spec(String name) {
		return AgentSpec.builder(name, String.class, () -> (message, context) -> Mono.empty()).build();
	}

	private static DynamicSupervisorSpec sessions(String name) {
		return DynamicSupervisorSpec.builder(name).template(TreePlannerTests::spec).build();
	}

	private static String draw(ChildSpec spec) {
		return (spec instanceof SupervisorSpec supervisor)
				? spec.id() + supervisor.children().stream().map(TreePlannerTests::draw).toList() : spec.id();
	}

}
