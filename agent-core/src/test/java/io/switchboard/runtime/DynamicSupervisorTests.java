package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.ExitReason;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DynamicSupervisor}.
 */
class DynamicSupervisorTests {

	@Test
	void childrenStartIndependently() {
		Rules rules = rules(BudgetScope.SUPERVISOR).starts("a", "hang");

		rules.startChild(Rules.child("a", Restart.PERMANENT)).startChild(Rules.child("b", Restart.PERMANENT));

		assertThat(rules.takeLog()).containsExactly("start a hang", "start b", "reply ok");
	}

	@Test
	void childrenStopInParallel() {
		Rules rules = withChildren(BudgetScope.SUPERVISOR).holds("a").holds("b");

		rules.stop();

		assertThat(rules.takeLog()).containsExactlyInAnyOrder("stop a", "stop b");
		rules.ends("b", ExitReason.killed()).ends("a", ExitReason.killed());
		assertThat(rules.takeLog()).containsExactly("close b", "close a", "exit shutdown");
	}

	@Test
	void cleanEndForgetsATransientChild() {
		Rules rules = rules(BudgetScope.SUPERVISOR).startChild(Rules.child("a", Restart.TRANSIENT));
		rules.takeLog();

		rules.ends("a", ExitReason.shutdown());

		assertThat(rules.takeLog()).containsExactly("close a");
		assertThat(rules.find("a")).isNull();
	}

	@Test
	void sharedBudgetEndsTheSupervisor() {
		Rules rules = withChildren(BudgetScope.SUPERVISOR);

		rules.crashes("a").crashes("b").crashes("a");

		assertThat(rules.takeLog()).containsExactly("start a", "start b", "budget spent on a", "close a", "stop b",
				"close b", "exit shutdown");
	}

	@Test
	void budgetPerChildEndsThatChildOnly() {
		Rules rules = withChildren(BudgetScope.CHILD);

		rules.crashes("a").crashes("a").crashes("a").crashes("b");

		assertThat(rules.takeLog()).containsExactly("start a", "start a", "budget spent on a", "close a", "start b");
		assertThat(rules.machine.restartsInWindow(0)).isEqualTo(1);
	}

	@Test
	void budgetOfAForgottenChildCountsNoMore() {
		Rules rules = withChildren(BudgetScope.CHILD).crashes("a").crashes("a").crashes("b");
		assertThat(rules.machine.restartsInWindow(0)).isEqualTo(2);

		rules.request(ChildRequest.Kind.TERMINATE, "a");

		assertThat(rules.machine.restartsInWindow(0)).isEqualTo(1);
	}

	@Test
	void failedRestartIsTriedAgainAndCounts() {
		Rules rules = withChildren(BudgetScope.SUPERVISOR).starts("a", "fail");

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("start a fail", "start a");
		assertThat(rules.machine.restartsInWindow(0)).isEqualTo(2);
	}

	@Test
	void restartThatIgnoresForgets() {
		Rules rules = withChildren(BudgetScope.SUPERVISOR).starts("a", "ignore");

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("start a ignore", "close a");
		assertThat(rules.find("a")).isNull();
	}

	@Test
	void failedFirstStartStoresNothing() {
		Rules rules = rules(BudgetScope.SUPERVISOR).starts("a", "fail");

		rules.startChild(Rules.child("a", Restart.PERMANENT));

		assertThat(rules.takeLog()).containsExactly("start a fail", "close a", "reply START_FAILED");
		assertThat(rules.find("a")).isNull();
	}

	@Test
	void managementFollowsTheTable() {
		Rules rules = withChildren(BudgetScope.SUPERVISOR);

		rules.startChild(Rules.child("a", Restart.PERMANENT));
		rules.startChild(SupervisorSpec.builder("s").build());
		rules.request(ChildRequest.Kind.RESTART, "a");
		rules.request(ChildRequest.Kind.DELETE, "a");
		rules.request(ChildRequest.Kind.TERMINATE, "x");
		rules.startChild(Rules.child("c", Restart.PERMANENT)).startChild(Rules.child("d", Restart.PERMANENT));
		assertThat(rules.takeLog()).containsExactly("reply ALREADY_STARTED", "reply NOT_SUPPORTED",
				"reply NOT_SUPPORTED", "reply NOT_SUPPORTED", "reply NOT_FOUND", "start c", "reply ok",
				"reply MAX_CHILDREN");
	}

	@Test
	void everyCallerOfTerminateWaitsForTheEnd() {
		Rules rules = withChildren(BudgetScope.SUPERVISOR).holds("a");

		rules.request(ChildRequest.Kind.TERMINATE, "a").request(ChildRequest.Kind.TERMINATE, "a");

		assertThat(rules.takeLog()).containsExactly("stop a");
		rules.ends("a", ExitReason.shutdown());
		assertThat(rules.takeLog()).containsExactly("close a", "reply ok", "reply ok");
	}

	@Test
	void terminateCancelsAHangingStart() {
		Rules rules = rules(BudgetScope.SUPERVISOR).starts("a", "hang");
		rules.startChild(Rules.child("a", Restart.PERMANENT)).takeLog();

		rules.request(ChildRequest.Kind.TERMINATE, "a");

		assertThat(rules.takeLog()).containsExactly("reply START_CANCELLED", "stop a", "close a", "reply ok");
	}

	@Test
	void killTakesAllDown() {
		Rules rules = withChildren(BudgetScope.SUPERVISOR);

		rules.kill();

		assertThat(rules.takeLog()).contains("kill a", "kill b").endsWith("exit killed");
	}

	private static Rules withChildren(BudgetScope scope) {
		Rules rules = rules(scope).startChild(Rules.child("a", Restart.PERMANENT))
			.startChild(Rules.child("b", Restart.PERMANENT));
		rules.takeLog();
		return rules;
	}

	private static Rules rules(BudgetScope scope) {
		Rules rules = new Rules(new DynamicSupervisor(DynamicSupervisorSpec.builder("d")
			.intensity(new RestartIntensity(2, Duration.ofMinutes(1)))
			.budgetScope(scope)
			.maxChildren(3)
			.build())).startup();
		rules.takeLog();
		return rules;
	}

}
