package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.switchboard.ExitReason;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LiveChange} and for what the rules of supervisors make of it.
 */
class LiveChangeTests {

	private final Rules rules = started(spec().build());

	@Test
	void nobodyWhoIsUpIsTouched() {
		this.rules.reconfigure(spec().strategy(Strategy.ONE_FOR_ALL).build());

		assertThat(this.rules.takeLog()).containsExactly("reconfigured", "reply ok");
		assertThat(this.rules.get("a").incarnation).isOne();
	}

	@Test
	void newChildrenAreAddedAndNotStarted() {
		this.rules.reconfigure(spec().child(Rules.child("d", Restart.PERMANENT)).build());

		assertThat(this.rules.takeLog()).containsExactly("close d", "reconfigured", "reply ok");
		assertThat(this.rules.get("d").status).isEqualTo(NodeStatus.STOPPED);
		this.rules.request(ChildRequest.Kind.RESTART, "d");
		assertThat(this.rules.takeLog()).containsExactly("start d", "reply ok");
	}

	@Test
	void omittedChildrenStayBehindTheOthers() {
		this.rules.startChild(Rules.child("x", Restart.PERMANENT));

		this.rules.reconfigure(SupervisorSpec.builder("s")
			.child(Rules.child("c", Restart.PERMANENT))
			.child(Rules.child("a", Restart.PERMANENT))
			.build());
		this.rules.takeLog();

		this.rules.stop();
		assertThat(this.rules.takeLog()).containsExactly("stop x", "stop b", "stop a", "stop c", "exit shutdown");
	}

	@Test
	void strategyHoldsAtOnce() {
		this.rules.reconfigure(spec().strategy(Strategy.REST_FOR_ONE).build()).takeLog();

		this.rules.crashes("b");

		assertThat(this.rules.takeLog()).containsExactly("stop c", "start b", "start c");
	}

	@ParameterizedTest(name = "after {0} restarts the budget becomes {1} in {2} ns: one more ends it {3}")
	@CsvSource({ "2, 2, 100, true", "2, 3, 100, false", "2, 1, 100, true", "1, 2, 100, false", "2, 2, 10, false" })
	void budgetHoldsAtOnceForWhatWasCounted(int before, int maxRestarts, long within, boolean ends) {
		for (int i = 0; i < before; i++) {
			this.rules.crashes("a");
		}
		this.rules.advance(Duration.ofNanos(11));

		this.rules.reconfigure(spec().intensity(new RestartIntensity(maxRestarts, Duration.ofNanos(within))).build());

		this.rules.crashes("b");
		assertThat(this.rules.takeLog().contains("exit shutdown")).isEqualTo(ends);
	}

	@Test
	void longerPeriodCountsWhatWasNotPrunedYet() {
		this.rules.crashes("a").crashes("a").advance(Duration.ofNanos(150));
		assertThat(this.rules.machine.restartsInWindow(150)).as("looking does not prune").isZero();

		this.rules.reconfigure(spec().intensity(new RestartIntensity(2, Duration.ofNanos(200))).build());

		assertThat(this.rules.machine.restartsInWindow(150)).isEqualTo(2);
	}

	@Test
	void restartTypeHoldsForTheNextEnd() {
		this.rules.reconfigure(spec("b", Restart.TRANSIENT, false, AutoShutdown.NEVER)).takeLog();

		this.rules.ends("b", ExitReason.normal());

		assertThat(this.rules.takeLog()).containsExactly("close b");
	}

	@ParameterizedTest(name = "from {0} to {1}: the end of a significant child ends the supervisor {2}")
	@CsvSource(textBlock = """
			ANY_SIGNIFICANT, ALL_SIGNIFICANT, false
			ALL_SIGNIFICANT, ANY_SIGNIFICANT, true
			ANY_SIGNIFICANT, NEVER,           false
			ALL_SIGNIFICANT, NEVER,           false
			""")
	void autoShutdownHoldsForChildrenThatRun(AutoShutdown before, AutoShutdown after, boolean ends) {
		Rules significant = started(SupervisorSpec.builder("s")
			.autoShutdown(before)
			.child(significant("a", true))
			.child(significant("b", true))
			.build());

		significant.reconfigure(SupervisorSpec.builder("s").autoShutdown(after).build()).takeLog();

		significant.ends("a", ExitReason.normal());
		assertThat(significant.takeLog().contains("exit shutdown")).isEqualTo(ends);
	}

	@ParameterizedTest(name = "from never to {0}: {1}")
	@CsvSource({ "ANY_SIGNIFICANT, true", "ALL_SIGNIFICANT, true" })
	void childrenBecomeSignificantWithTheMode(AutoShutdown after, boolean ends) {
		this.rules.reconfigure(spec("b", Restart.TRANSIENT, true, after)).takeLog();

		this.rules.ends("b", ExitReason.normal());

		assertThat(this.rules.takeLog().contains("exit shutdown")).isEqualTo(ends);
	}

	@Test
	void significantChildrenCannotBeAddedUnderNever() {
		Rules significant = started(SupervisorSpec.builder("s")
			.autoShutdown(AutoShutdown.ANY_SIGNIFICANT)
			.child(significant("a", true))
			.build());
		significant.reconfigure(SupervisorSpec.builder("s").build()).takeLog();

		significant.startChild(significant("b", true));

		assertThat(significant.takeLog()).containsExactly("reply SIGNIFICANT");
	}

	@Test
	void changeOfTypeIsRefusedAndChangesNothing() {
		this.rules.reconfigure(SupervisorSpec.builder("s")
			.strategy(Strategy.ONE_FOR_ALL)
			.child(Rules.child("d", Restart.PERMANENT))
			.child(SupervisorSpec.builder("b").build())
			.build());
		assertThat(this.rules.takeLog()).containsExactly("reply KIND_CHANGED");
		assertThat(this.rules.find("d")).isNull();

		this.rules.reconfigure(DynamicSupervisorSpec.builder("s").build());
		assertThat(this.rules.takeLog()).containsExactly("reply KIND_CHANGED");

		this.rules.crashes("a");
		assertThat(this.rules.takeLog()).containsExactly("start a");
	}

	@Test
	void changeWaitsForWhatIsUnderWay() {
		this.rules.holds("b").request(ChildRequest.Kind.TERMINATE, "b").takeLog();

		this.rules.reconfigure(spec().build());

		assertThat(this.rules.takeLog()).isEmpty();
		this.rules.ends("b", ExitReason.shutdown());
		assertThat(this.rules.takeLog()).containsExactly("close b", "reply ok", "reconfigured", "reply ok");
	}

	@Test
	void nextLifeKeepsTheChildrenOfTheChangedSpecification() {
		SupervisorSpec changed = SupervisorSpec.builder("s").child(Rules.child("a", Restart.PERMANENT)).build();
		this.rules.reconfigure(changed);

		StaticSupervisor next = new StaticSupervisor(changed, this.rules.machine.children, () -> 0);

		assertThat(next.children.inOrder()).extracting(Child::id).containsExactly("a");
		assertThat(next.children.inOrder()).extracting((child) -> child.incarnation).containsExactly(1L);
	}

	@Test
	void lowerLimitOfADynamicSupervisorTouchesNobody() {
		Rules dynamic = dynamic(DynamicSupervisorSpec.builder("d").maxChildren(3).build());

		dynamic.reconfigure(DynamicSupervisorSpec.builder("d").maxChildren(1).build());
		dynamic.startChild(Rules.child("c", Restart.PERMANENT));

		assertThat(dynamic.takeLog()).containsExactly("reconfigured", "reply ok", "reply MAX_CHILDREN");
		assertThat(dynamic.machine.children.size()).isEqualTo(2);
	}

	@Test
	void dynamicSupervisorChangesItsBudgetsAtOnce() {
		Rules dynamic = dynamic(
				DynamicSupervisorSpec.builder("d").intensity(perMinute(1)).budgetScope(BudgetScope.CHILD).build());
		dynamic.crashes("a");

		dynamic.reconfigure(
				DynamicSupervisorSpec.builder("d").intensity(perMinute(2)).budgetScope(BudgetScope.CHILD).build());
		dynamic.takeLog();

		dynamic.crashes("a").crashes("a");
		assertThat(dynamic.takeLog()).containsExactly("start a", "budget spent on a", "close a");
	}

	@Test
	void dynamicSupervisorStaysOneAndKeepsHavingATemplate() {
		Function<String, AgentSpec<String>> template = (id) -> Rules.child(id, Restart.PERMANENT);
		Rules dynamic = dynamic(DynamicSupervisorSpec.builder("d").template(template).build());

		dynamic.reconfigure(spec().build());
		dynamic.reconfigure(DynamicSupervisorSpec.builder("d").build());
		dynamic.reconfigure(DynamicSupervisorSpec.builder("d").template(template::apply).build());

		assertThat(dynamic.takeLog()).containsExactly("reply KIND_CHANGED", "reply KIND_CHANGED", "reconfigured",
				"reply ok");
	}

	@Test
	void newTemplateSpecifiesItsChildrenFromTheirNextRestart() {
		Function<String, AgentSpec<String>> before = (id) -> Rules.child(id, Restart.PERMANENT);
		Function<String, AgentSpec<String>> after = (id) -> Rules.child(id, Restart.TRANSIENT);
		Rules dynamic = dynamic(DynamicSupervisorSpec.builder("d").template(before).build());
		dynamic.get("a").madeBy = before;

		dynamic.reconfigure(DynamicSupervisorSpec.builder("d").template(after).build());
		assertThat(dynamic.get("a").spec.restart()).isEqualTo(Restart.PERMANENT);
		dynamic.crashes("a").crashes("b");

		assertThat(dynamic.get("a").spec.restart()).isEqualTo(Restart.TRANSIENT);
		assertThat(dynamic.get("b").spec.restart()).as("added by hand").isEqualTo(Restart.PERMANENT);
	}

	@ParameterizedTest
	@CsvSource({ "other", "''" })
	void templateThatCannotSpecifyAChildLeavesItWhatItIs(String idOrFailure) {
		Function<String, AgentSpec<String>> before = (id) -> Rules.child(id, Restart.PERMANENT);
		Function<String, AgentSpec<String>> after = (id) -> {
			if (idOrFailure.isEmpty()) {
				throw new StackOverflowError("test");
			}
			return Rules.child(idOrFailure, Restart.TRANSIENT);
		};
		Rules dynamic = dynamic(DynamicSupervisorSpec.builder("d").template(before).build());
		dynamic.get("a").madeBy = before;
		dynamic.reconfigure(DynamicSupervisorSpec.builder("d").template(after).build());

		dynamic.crashes("a");

		assertThat(dynamic.get("a").spec.restart()).isEqualTo(Restart.PERMANENT);
		assertThat(dynamic.get("a").status).isEqualTo(NodeStatus.RUNNING);
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(names = { "ONE_FOR_ONE", "REST_FOR_ONE" })
	void siblingsThatANewStrategyDoesNotRestartStayStopped(Strategy strategy) {
		RestartBackoff backoff = new RestartBackoff(Duration.ofNanos(10), Duration.ofNanos(50), 2, 0);
		Rules group = started(spec().strategy(Strategy.ONE_FOR_ALL).backoff(backoff).build()).crashes("c");
		group.reconfigure(spec().strategy(strategy).backoff(backoff).build()).takeLog();

		group.advance(Duration.ofNanos(10));

		assertThat(group.takeLog()).containsExactly("start c", "close a", "close b");
		assertThat(group.get("a").status).isEqualTo(NodeStatus.STOPPED);
		assertThat(group.get("b").status).isEqualTo(NodeStatus.STOPPED);
	}

	@Test
	void knownAndStoppedTemporaryChildIsForgottenWhenTerminated() {
		this.rules.reconfigure(spec().child(Rules.child("t", Restart.TEMPORARY)).build()).takeLog();

		this.rules.request(ChildRequest.Kind.TERMINATE, "t");

		assertThat(this.rules.takeLog()).containsExactly("close t", "reply ok");
		assertThat(this.rules.find("t")).isNull();
	}

	private static SupervisorSpec spec(String changed, Restart restart, boolean significant, AutoShutdown mode) {
		SupervisorSpec.Builder builder = SupervisorSpec.builder("s").autoShutdown(mode);
		for (String id : List.of("a", "b", "c")) {
			ChildSpec child = Rules.child(id, Restart.PERMANENT);
			builder.child(id.equals(changed) ? significant(id, restart, significant) : child);
		}
		return builder.build();
	}

	private static SupervisorSpec.Builder spec() {
		return SupervisorSpec.builder("s")
			.intensity(new RestartIntensity(2, Duration.ofNanos(100)))
			.child(Rules.child("a", Restart.PERMANENT))
			.child(Rules.child("b", Restart.PERMANENT))
			.child(Rules.child("c", Restart.PERMANENT));
	}

	private static AgentSpec<String> significant(String id, boolean significant) {
		return significant(id, Restart.TRANSIENT, significant);
	}

	private static AgentSpec<String> significant(String id, Restart restart, boolean significant) {
		return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.empty())
			.restart(restart)
			.significant(significant)
			.build();
	}

	private static RestartIntensity perMinute(int maxRestarts) {
		return new RestartIntensity(maxRestarts, Duration.ofMinutes(1));
	}

	private static Rules started(SupervisorSpec spec) {
		Rules rules = new Rules(new StaticSupervisor(spec)).startup();
		rules.takeLog();
		return rules;
	}

	private static Rules dynamic(DynamicSupervisorSpec spec) {
		Rules rules = new Rules(new DynamicSupervisor(spec)).startup()
			.startChild(Rules.child("a", Restart.PERMANENT))
			.startChild(Rules.child("b", Restart.PERMANENT));
		rules.takeLog();
		return rules;
	}

}
