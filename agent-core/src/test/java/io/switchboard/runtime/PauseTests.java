package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for supervisors that live on when their budget is spent.
 */
class PauseTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource(
			textBlock = """
					ONE_FOR_ONE,  'budget spent on b, close b, paused b', 2
					REST_FOR_ONE, 'budget spent on b, close b, paused b, stop c, close c, paused c', 1
					ONE_FOR_ALL,  'budget spent on b, close b, paused b, stop c, close c, paused c, stop a, close a, paused a', 0
					""")
	void spentBudgetPausesWhomItWouldHaveRestarted(Strategy strategy, String expected, int active) {
		Rules rules = started(strategy, 0);

		rules.crashes("b");

		assertThat(rules.takeLog()).containsExactly(expected.split(", "));
		rules.request(ChildRequest.Kind.COUNT, "");
		assertThat(rules.takeLog()).containsExactly("reply 3/%d/0/3".formatted(active));
	}

	@Test
	void restartByHandBeginsTheBudgetAnew() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 1).crashes("a").crashes("a");
		rules.takeLog();

		rules.request(ChildRequest.Kind.RESTART, "a").crashes("a");

		assertThat(rules.takeLog()).containsExactly("start a", "reply ok", "start a");
		rules.crashes("a");
		assertThat(rules.takeLog()).containsExactly("budget spent on a", "close a", "paused a");
	}

	@Test
	void restartByHandThatFailsLeavesTheChildPaused() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 0).crashes("a");

		rules.starts("a", "fail").request(ChildRequest.Kind.RESTART, "a");

		assertThat(rules.get("a").isPaused()).isTrue();
	}

	@Test
	void restartByHandOfAnotherChildLeavesTheBudgetAlone() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 1).crashes("a")
			.request(ChildRequest.Kind.TERMINATE, "b")
			.request(ChildRequest.Kind.RESTART, "b");
		rules.takeLog();

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("budget spent on a", "close a", "paused a");
	}

	@Test
	void refusedRestartDoesNotCount() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 1).crashes("a").crashes("a").advance(Duration.ofSeconds(61));
		rules.takeLog();

		rules.crashes("b");

		assertThat(rules.takeLog()).containsExactly("start b");
	}

	@Test
	void temporarySiblingsOfAPausedGroupAreForgotten() {
		Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
			.strategy(Strategy.ONE_FOR_ALL)
			.intensity(new RestartIntensity(0, Duration.ofMinutes(1)))
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.child(Rules.child("a", Restart.PERMANENT))
			.child(Rules.child("t", Restart.TEMPORARY))
			.build())).startup();
		rules.takeLog();

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("budget spent on a", "close a", "paused a", "stop t", "close t");
		assertThat(rules.find("t")).isNull();
	}

	@Test
	void groupThatWaitsIsPausedWhenTheBudgetIsSpent() {
		Rules rules = started(Strategy.ONE_FOR_ALL, 1).starts("a", "fail", "fail");

		rules.crashes("b");

		assertThat(rules.takeLog()).containsExactly("stop c", "stop a", "start a fail", "budget spent on a", "close a",
				"paused a", "close c", "paused c", "close b", "paused b");
		assertThat(rules.get("c").status).isEqualTo(NodeStatus.STOPPED);
	}

	@ParameterizedTest
	@EnumSource
	void dynamicSupervisorKeepsAPausedChild(BudgetScope scope) {
		Rules rules = dynamic(scope).crashes("a").crashes("a");

		assertThat(rules.takeLog()).containsExactly("start a", "budget spent on a", "close a", "paused a");
		rules.request(ChildRequest.Kind.COUNT, "").request(ChildRequest.Kind.RESTART, "b");
		assertThat(rules.takeLog()).containsExactly("reply 2/1/0/2", "reply NOT_SUPPORTED");
		rules.request(ChildRequest.Kind.RESTART, "a").crashes("a");
		assertThat(rules.takeLog()).containsExactly("start a", "reply ok", "start a");
	}

	@Test
	void pausedDynamicChildIsForgottenByHandOnly() {
		Rules rules = dynamic(BudgetScope.CHILD).crashes("a").crashes("a");
		rules.takeLog();

		rules.starts("a", "fail").request(ChildRequest.Kind.RESTART, "a");
		assertThat(rules.takeLog()).containsExactly("start a fail", "close a", "paused a", "reply START_FAILED");
		rules.startChild(Rules.child("a", Restart.PERMANENT));
		assertThat(rules.takeLog()).containsExactly("reply ALREADY_PRESENT");
		rules.request(ChildRequest.Kind.TERMINATE, "a");

		assertThat(rules.takeLog()).containsExactly("close a", "reply ok");
		assertThat(rules.find("a")).isNull();
	}

	private static Rules dynamic(BudgetScope scope) {
		Rules rules = new Rules(new DynamicSupervisor(DynamicSupervisorSpec.builder("d")
			.intensity(new RestartIntensity(1, Duration.ofMinutes(1)))
			.budgetScope(scope)
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.build())).startup()
			.startChild(Rules.child("a", Restart.PERMANENT))
			.startChild(Rules.child("b", Restart.PERMANENT));
		rules.takeLog();
		return rules;
	}

	private static Rules started(Strategy strategy, int maxRestarts) {
		Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
			.strategy(strategy)
			.intensity(new RestartIntensity(maxRestarts, Duration.ofMinutes(1)))
			.whenBudgetSpent(WhenBudgetSpent.PAUSE)
			.child(Rules.child("a", Restart.PERMANENT))
			.child(Rules.child("b", Restart.PERMANENT))
			.child(Rules.child("c", Restart.PERMANENT))
			.build())).startup();
		rules.takeLog();
		return rules;
	}

}
