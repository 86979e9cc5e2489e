package io.switchboard.test.behaviour;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.switchboard.Terminated;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.ChildBuilder;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Specifications that are made from others.
 */
class SpecificationCopyTests {

	private static final RestartIntensity INTENSITY = new RestartIntensity(7, Duration.ofMinutes(7));

	private static final RestartBackoff BACKOFF = new RestartBackoff(Duration.ofMillis(10), Duration.ofSeconds(1), 2,
			0);

	@ParameterizedTest(name = "{0}")
	@MethodSource
	@Conforms("B8")
	@DisplayName("a copy has all settings of the original")
	void copyHasAllSettings(ChildBuilder<?> original, ChildBuilder<?> copy, ChildBuilder<?> untouched) {
		assertThat(settings(copy)).isEqualTo(settings(original));
		assertThat(settings(original)).as("this test sets every setting")
			.allSatisfy((name, value) -> assertThat(value).as(name).isNotEqualTo(settings(untouched).get(name)));
	}

	static Stream<Arguments> copyHasAllSettings() {
		AgentSpec.Builder<Object> agent = shared(
				AgentSpec.builder("a", Object.class, () -> (message, context) -> Mono.empty()))
			.messageTypes(Set.of(String.class, Terminated.class))
			.mailbox(new MailboxSpec(7, OverflowPolicy.DROP_OLDEST))
			.startTimeout(Duration.ofSeconds(7))
			.handlerTimeout(Duration.ofSeconds(7))
			.blocking(true)
			.redelivers(true)
			.stopsAtOnce(true)
			.version("7")
			.registeredAs("desk")
			.onLinkedExit((exit) -> exit);
		SupervisorSpec.Builder supervisor = shared(SupervisorSpec.builder("s")).strategy(Strategy.REST_FOR_ONE)
			.intensity(INTENSITY)
			.backoff(BACKOFF)
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.autoShutdown(AutoShutdown.ALL_SIGNIFICANT)
			.child(Act.agent("a"));
		DynamicSupervisorSpec.Builder dynamic = shared(DynamicSupervisorSpec.builder("d")).intensity(INTENSITY)
			.backoff(BACKOFF)
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.budgetScope(BudgetScope.CHILD)
			.maxChildren(7)
			.template(Act::agent);
		return Stream.of(
				argumentSet("agent", agent, agent.build().toBuilder(),
						AgentSpec.builder("x", Integer.class, () -> null)),
				argumentSet("supervisor", supervisor, supervisor.build().toBuilder(), SupervisorSpec.builder("x")),
				argumentSet("dynamic supervisor", dynamic, dynamic.build().toBuilder(),
						DynamicSupervisorSpec.builder("x")));
	}

	@Test
	@Conforms("B8")
	@DisplayName("a copy may have another name, and settings of its own")
	void copyMayDiffer() {
		AgentSpec<Object> original = Act.agent("a", (spec) -> spec.shutdown(Shutdown.brutalKill()).version("2"));

		AgentSpec<Object> copy = original.toBuilder().id("b").restart(Restart.TRANSIENT).build();

		assertThat(copy.id()).isEqualTo("b");
		assertThat(copy.restart()).isEqualTo(Restart.TRANSIENT);
		assertThat(copy.shutdown()).isEqualTo(Shutdown.brutalKill());
		assertThat(copy.version()).isEqualTo("2");
		assertThat(original.id()).isEqualTo("a");
		assertThat(original.restart()).isEqualTo(Restart.PERMANENT);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(original, copy))) {
			assertThat(system.resultOf(system.agent("/b").ask("hello", String.class))).isEqualTo("hello");
		}
	}

	@Test
	@Conforms("B8")
	@DisplayName("a copy is checked like any other specification")
	void copyIsChecked() {
		SupervisorSpec original = Trees.root(Act.agent("a"));
		SupervisorSpec.Builder twice = original.toBuilder().id("not a name").child(Act.agent("a"));

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(twice::build)
			.satisfies((ex) -> assertThat(ex.problems()).extracting(InvalidSpecificationException.Problem::field)
				.containsExactly("id", "children"));
	}

	private static <B extends ChildBuilder<B>> B shared(B builder) {
		return builder.restart(Restart.TRANSIENT).shutdown(Shutdown.after(Duration.ofSeconds(7))).significant(true);
	}

	private static Map<String, Object> settings(ChildBuilder<?> builder) {
		Map<String, Object> settings = new TreeMap<>();
		for (Class<?> type : List.of(ChildBuilder.class, builder.getClass())) {
			for (Field field : type.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("kind")) {
					settings.put(field.getName(), valueOf(field, builder));
				}
			}
		}
		return settings;
	}

	private static Object valueOf(Field field, ChildBuilder<?> builder) {
		try {
			field.setAccessible(true);
			return Objects.requireNonNullElse(field.get(builder), "none");
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

}
