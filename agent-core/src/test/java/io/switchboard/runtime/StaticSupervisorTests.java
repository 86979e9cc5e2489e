package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;

import io.switchboard.ExitReason;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StaticSupervisor}.
 */
class StaticSupervisorTests {

	@Test
	void childrenStartInOrder() {
		Rules rules = rules(Strategy.ONE_FOR_ONE, 2).startup();

		assertThat(rules.takeLog()).containsExactly("start a", "start b", "start c", "started");
	}

	@Test
	void childrenStopInReverseOrderOneAtATime() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2).holds("b");

		rules.stop();

		assertThat(rules.takeLog()).containsExactly("stop c", "stop b");
		rules.ends("b", ExitReason.killed());
		assertThat(rules.takeLog()).containsExactly("stop a", "exit shutdown");
	}

	@Test
	void failedStartUnwindsInReverseOrder() {
		Rules rules = rules(Strategy.ONE_FOR_ONE, 2).starts("c", "fail").startup();

		assertThat(rules.takeLog()).containsExactly("start a", "start b", "start c fail", "stop b", "stop a",
				"start failed on c");
	}

	@Test
	void ignoredStartLeavesTheOthersAlone() {
		Rules rules = rules(Strategy.ONE_FOR_ONE, 2).starts("b", "ignore").startup();

		assertThat(rules.takeLog()).containsExactly("start a", "start b ignore", "close b", "start c", "started");
		assertThat(rules.get("b").status).isEqualTo(NodeStatus.STOPPED);
	}

	@ParameterizedTest(name = "{0}, {1} crashes: {2}")
	@CsvSource(textBlock = """
			ONE_FOR_ONE,  a, 'start a'
			ONE_FOR_ONE,  b, 'start b'
			ONE_FOR_ONE,  c, 'start c'
			ONE_FOR_ALL,  a, 'stop c, stop b, start a, start b, start c'
			ONE_FOR_ALL,  b, 'stop c, stop a, start a, start b, start c'
			ONE_FOR_ALL,  c, 'stop b, stop a, start a, start b, start c'
			REST_FOR_ONE, a, 'stop c, stop b, start a, start b, start c'
			REST_FOR_ONE, b, 'stop c, start b, start c'
			REST_FOR_ONE, c, 'start c'
			""")
	void strategyDecidesWhoIsRestarted(Strategy strategy, String crashing, String expected) {
		Rules rules = started(strategy, 2);

		rules.crashes(crashing);

		assertThat(rules.takeLog()).containsExactly(expected.split(", "));
	}

	@Test
	void groupRestartBringsStoppedSiblingsBack() {
		Rules rules = started(Strategy.ONE_FOR_ALL, 2);
		rules.request(ChildRequest.Kind.TERMINATE, "b").takeLog();

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("stop c", "start a", "start b", "start c");
	}

	@Test
	void groupRestartDropsTemporarySiblings() {
		Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
			.strategy(Strategy.ONE_FOR_ALL)
			.child(Rules.child("a", Restart.PERMANENT))
			.child(Rules.child("t", Restart.TEMPORARY))
			.build())).startup();
		rules.takeLog();

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("stop t", "close t", "start a");
		assertThat(rules.find("t")).isNull();
	}

	@Test
	void groupRestartCostsOne() {
		Rules rules = started(Strategy.ONE_FOR_ALL, 2);

		rules.crashes("a").crashes("b");

		assertThat(rules.takeLog()).doesNotContain("exit shutdown");
		rules.crashes("c");
		assertThat(rules.takeLog()).containsExactly("budget spent on c", "stop b", "stop a", "exit shutdown");
	}

	@Test
	void failedGroupRestartStopsWhatItStartedAndTriesAgain() {
		Rules rules = started(Strategy.ONE_FOR_ALL, 3).starts("b", "fail", "fail");

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("stop c", "stop b", "start a", "start b fail", "stop a", "start a",
				"start b fail", "stop a", "start a", "start b", "start c");
		assertThat(rules.machine.restartsInWindow(0)).isEqualTo(3);
	}

	@Test
	void failedRestartIsTriedUntilTheBudgetIsSpent() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 4).starts("a", "fail", "fail", "fail", "fail", "fail");

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("start a fail", "start a fail", "start a fail", "start a fail",
				"budget spent on a", "stop c", "stop b", "exit shutdown");
	}

	@Test
	void restartThatIgnoresStops() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2).starts("a", "ignore");

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("start a ignore", "close a");
		assertThat(rules.get("a").status).isEqualTo(NodeStatus.STOPPED);
	}

	@Test
	void budgetIsSharedAndForgets() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2);
		rules.crashes("a").crashes("b").advance(Duration.ofSeconds(61));

		rules.crashes("c").crashes("a");

		assertThat(rules.takeLog()).doesNotContain("exit shutdown");
	}

	@Test
	void simultaneousEndOfASiblingIsAbsorbedByAGroupRestart() {
		Rules rules = started(Strategy.ONE_FOR_ALL, 1);

		rules.endTogether(List.of("a", "b"), reason("crash"));

		assertThat(rules.takeLog()).startsWith("stop c").doesNotContain("exit shutdown").endsWith("start c");
		assertThat(rules.get("b").status).isEqualTo(NodeStatus.RUNNING);
	}

	@Test
	void simultaneousEndsCountOneByOneWithoutAGroup() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 1);

		rules.endTogether(List.of("a", "b"), reason("crash"));

		assertThat(rules.takeLog()).containsExactly("start a", "budget spent on b", "stop c", "stop a",
				"exit shutdown");
	}

	@Test
	void managementFollowsTheTable() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2);

		rules.startChild(Rules.child("a", Restart.PERMANENT));
		rules.request(ChildRequest.Kind.RESTART, "a");
		rules.request(ChildRequest.Kind.DELETE, "a");
		rules.request(ChildRequest.Kind.RESTART, "x");
		rules.request(ChildRequest.Kind.DELETE, "x");
		rules.request(ChildRequest.Kind.TERMINATE, "x");
		assertThat(rules.takeLog()).containsExactly("reply ALREADY_STARTED", "reply RUNNING", "reply RUNNING",
				"reply NOT_FOUND", "reply NOT_FOUND", "reply NOT_FOUND");

		rules.request(ChildRequest.Kind.TERMINATE, "a").request(ChildRequest.Kind.TERMINATE, "a");
		rules.startChild(Rules.child("a", Restart.PERMANENT));
		assertThat(rules.takeLog()).containsExactly("stop a", "close a", "reply ok", "reply ok",
				"reply ALREADY_PRESENT");

		rules.request(ChildRequest.Kind.RESTART, "a");
		rules.request(ChildRequest.Kind.TERMINATE, "a").request(ChildRequest.Kind.DELETE, "a");
		assertThat(rules.takeLog()).containsExactly("start a", "reply ok", "stop a", "close a", "reply ok", "close a",
				"reply ok");
		assertThat(rules.find("a")).isNull();
	}

	@Test
	void manualRestartKeepsThePlaceAndNewChildrenGoLast() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2);
		rules.startChild(Rules.child("d", Restart.PERMANENT));
		rules.request(ChildRequest.Kind.TERMINATE, "a").request(ChildRequest.Kind.RESTART, "a").takeLog();

		rules.stop();

		assertThat(rules.takeLog()).containsExactly("stop d", "stop c", "stop b", "stop a", "exit shutdown");
	}

	@Test
	void failedStartOfANewChildIsForgotten() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2).starts("d", "fail");

		rules.startChild(Rules.child("d", Restart.PERMANENT));

		assertThat(rules.takeLog()).containsExactly("start d fail", "close d", "reply START_FAILED");
		assertThat(rules.find("d")).isNull();
	}

	@Test
	void requestsAreServedBetweenAttemptsToRestart() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 5).starts("a", "fail", "hang");
		rules.crashes("a").takeLog();

		rules.request(ChildRequest.Kind.RESTART, "b");

		assertThat(rules.takeLog()).as("the second attempt hangs, so the request waits").isEmpty();
		rules.input(new SupervisorInput.ChildStarted(rules.get("a"), rules.get("a").incarnation, null));
		assertThat(rules.takeLog()).containsExactly("reply RUNNING");
	}

	@Test
	void terminateThatMeetsAStopIsAnsweredWhenTheChildIsDown() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2).holds("b");
		rules.request(ChildRequest.Kind.TERMINATE, "b").takeLog();

		rules.stop();

		assertThat(rules.takeLog()).isEmpty();
		rules.ends("b", ExitReason.shutdown());
		assertThat(rules.takeLog()).containsExactly("reply ok", "stop c", "stop a", "exit shutdown");
	}

	@Test
	void terminateThatMeetsAKillIsAnsweredWhenTheChildIsDown() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2).holds("b");
		rules.request(ChildRequest.Kind.TERMINATE, "b").takeLog();

		rules.kill();

		assertThat(rules.takeLog()).containsExactly("kill c", "kill b", "kill a", "reply ok", "exit killed");
	}

	@Test
	void questionsAreAnsweredInTheOrderOfTheRequests() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2).holds("b");

		rules.request(ChildRequest.Kind.TERMINATE, "b").request(ChildRequest.Kind.COUNT, "").takeLog();
		rules.ends("b", ExitReason.shutdown());

		assertThat(rules.takeLog()).containsExactly("close b", "reply ok", "reply 3/2/0/3");
	}

	@Test
	void stopOvertakesAHangingStart() {
		Rules rules = rules(Strategy.ONE_FOR_ONE, 2).starts("b", "hang").startup();
		rules.takeLog();

		rules.stop();

		assertThat(rules.takeLog()).containsExactly("stop b", "stop a", "exit shutdown");
	}

	@Test
	void killTakesAllDownAtOnce() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2);

		rules.kill();

		assertThat(rules.takeLog()).containsExactly("kill c", "kill b", "kill a", "exit killed");
	}

	@ParameterizedTest(name = "{0}, {1} that ends with {2}: exit {3}")
	@CsvSource(textBlock = """
			ANY_SIGNIFICANT, TRANSIENT, normal,   true
			ANY_SIGNIFICANT, TRANSIENT, shutdown, true
			ANY_SIGNIFICANT, TRANSIENT, crash,    false
			ANY_SIGNIFICANT, TEMPORARY, normal,   true
			ANY_SIGNIFICANT, TEMPORARY, crash,    true
			ALL_SIGNIFICANT, TEMPORARY, crash,    false
			ALL_SIGNIFICANT, TRANSIENT, normal,   false
			""")
	void significantChildEndsItsSupervisor(AutoShutdown autoShutdown, Restart restart, String reason, boolean exits) {
		Rules rules = significant(autoShutdown, restart);

		rules.ends("s1", reason(reason));

		assertThat(rules.takeLog().contains("exit shutdown")).isEqualTo(exits);
	}

	@Test
	void lastSignificantChildEndsItsSupervisor() {
		Rules rules = significant(AutoShutdown.ALL_SIGNIFICANT, Restart.TRANSIENT);
		rules.ends("s1", ExitReason.normal()).takeLog();

		rules.ends("s2", ExitReason.normal());

		assertThat(rules.takeLog()).containsExactly("close s2", "stop other", "exit shutdown");
	}

	@Test
	void stoppingASignificantChildByHandEndsNothing() {
		Rules rules = significant(AutoShutdown.ANY_SIGNIFICANT, Restart.TEMPORARY);

		rules.request(ChildRequest.Kind.TERMINATE, "s1");

		assertThat(rules.takeLog()).containsExactly("stop s1", "close s1", "reply ok");
	}

	@Test
	void reportsOfOldIncarnationsAreIgnored() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2);
		Child child = rules.get("a");
		rules.crashes("a").takeLog();

		rules.input(new SupervisorInput.ChildExited(child, child.incarnation - 1, ExitReason.killed()));

		assertThat(rules.takeLog()).isEmpty();
	}

	private static Rules significant(AutoShutdown autoShutdown, Restart restart) {
		Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
			.autoShutdown(autoShutdown)
			.child(significant("s1", restart))
			.child(significant("s2", restart))
			.child(Rules.child("other", Restart.PERMANENT))
			.build())).startup();
		rules.takeLog();
		return rules;
	}

	private static AgentSpec<String> significant(String id, Restart restart) {
		return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.empty())
			.restart(restart)
			.significant(true)
			.build();
	}

	private static ExitReason reason(String kind) {
		return switch (kind) {
			case "normal" -> ExitReason.normal();
			case "shutdown" -> ExitReason.shutdown();
			default -> ExitReason.crash(new IllegalStateException("test"));
		};
	}

	private static Rules started(Strategy strategy, int maxRestarts) {
		Rules rules = rules(strategy, maxRestarts).startup();
		rules.takeLog();
		return rules;
	}

	private static Rules rules(Strategy strategy, int maxRestarts) {
		return new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
			.strategy(strategy)
			.intensity(new RestartIntensity(maxRestarts, Duration.ofMinutes(1)))
			.child(Rules.child("a", Restart.PERMANENT))
			.child(Rules.child("b", Restart.PERMANENT))
			.child(Rules.child("c", Restart.PERMANENT))
			.build()));
	}

}
