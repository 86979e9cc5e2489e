package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.switchboard.ExitReason;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for restarts that are slowed down.
 */
class BackOffTests {

	private static final RestartBackoff BACKOFF = new RestartBackoff(Duration.ofNanos(10), Duration.ofNanos(50), 2, 0);

	@Test
	void restartWaits() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 9);

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("wait 10 for a");
		assertThat(rules.get("a").status).isEqualTo(NodeStatus.RESTARTING);
		assertThat(rules.get("a").restartingUntil()).isNotNull();
		rules.advance(Duration.ofNanos(10));
		assertThat(rules.takeLog()).containsExactly("start a");
		assertThat(rules.get("a").restartingUntil()).isNull();
	}

	@Test
	void waitsGrowUpToTheLongest() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 9).starts("a", "fail", "fail", "fail", "fail");

		rules.crashes("a").advance(Duration.ofNanos(1000));

		assertThat(rules.takeLog()).containsExactly("wait 10 for a", "start a fail", "wait 20 for a", "start a fail",
				"wait 40 for a", "start a fail", "wait 50 for a", "start a fail", "wait 50 for a", "start a");
	}

	@ParameterizedTest(name = "up for {0} ns: the next wait is {1} ns")
	@CsvSource({ "0, 20", "49, 20", "50, 10" })
	void longLifeBeginsAnew(long up, long next) {
		Rules rules = started(Strategy.ONE_FOR_ONE, 9).crashes("a").advance(Duration.ofNanos(10));
		rules.advance(Duration.ofNanos(up)).takeLog();

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("wait %d for a".formatted(next));
	}

	@Test
	void eachAttemptCountsWhenItIsMade() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 2).starts("a", "fail", "fail");

		rules.crashes("a");
		assertThat(rules.machine.restartsInWindow(0)).isZero();
		rules.advance(Duration.ofNanos(100));

		assertThat(rules.takeLog()).containsExactly("wait 10 for a", "start a fail", "wait 20 for a", "start a fail",
				"wait 40 for a", "budget spent on a", "stop c", "stop b", "exit shutdown");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			ONE_FOR_ONE,  'wait 10 for b', 'start b'
			ONE_FOR_ALL,  'stop c, stop a, wait 10 for b', 'start a, start b, start c'
			REST_FOR_ONE, 'stop c, wait 10 for b', 'start b, start c'
			""")
	void groupStopsAtOnceAndWaits(Strategy strategy, String atOnce, String later) {
		Rules rules = started(strategy, 9);

		rules.crashes("b");
		assertThat(rules.takeLog()).containsExactly(atOnce.split(", "));
		rules.advance(Duration.ofNanos(10));

		assertThat(rules.takeLog()).containsExactly(later.split(", "));
		assertThat(rules.machine.restartsInWindow(10)).isOne();
	}

	@Test
	void groupThatDoesNotComeUpStopsBeforeItWaits() {
		Rules rules = started(Strategy.ONE_FOR_ALL, 9).starts("b", "fail");

		rules.crashes("a").takeLog();
		rules.advance(Duration.ofNanos(10));

		assertThat(rules.takeLog()).containsExactly("start a", "start b fail", "stop a", "wait 10 for b");
		rules.advance(Duration.ofNanos(10));
		assertThat(rules.takeLog()).containsExactly("start a", "start b", "start c");
	}

	@Test
	void terminateGivesTheWaitUp() {
		Rules rules = started(Strategy.ONE_FOR_ALL, 9).crashes("a");
		rules.takeLog();

		rules.request(ChildRequest.Kind.DELETE, "a").request(ChildRequest.Kind.RESTART, "a");
		assertThat(rules.takeLog()).containsExactly("reply RESTARTING", "reply RESTARTING");
		rules.request(ChildRequest.Kind.TERMINATE, "a");

		assertThat(rules.takeLog()).containsExactly("close a", "close b", "close c", "reply ok");
		assertThat(rules.waits()).isZero();
		rules.request(ChildRequest.Kind.DELETE, "a");
		assertThat(rules.takeLog()).containsExactly("close a", "reply ok");
	}

	@ParameterizedTest
	@CsvSource({ "false, exit shutdown", "true, exit killed" })
	void endOfTheSupervisorGivesTheWaitUp(boolean kill, String exit) {
		Rules rules = started(Strategy.ONE_FOR_ALL, 9).crashes("a");
		rules.takeLog();

		Rules ended = kill ? rules.kill() : rules.stop();

		assertThat(ended.takeLog()).containsExactly(exit);
		assertThat(ended.waits()).isZero();
	}

	@Test
	void restartByHandBeginsAnew() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 9).crashes("a")
			.request(ChildRequest.Kind.TERMINATE, "a")
			.request(ChildRequest.Kind.RESTART, "a");
		rules.takeLog();

		rules.crashes("a");

		assertThat(rules.takeLog()).containsExactly("wait 10 for a");
	}

	@Test
	void groupOfAnEarlierChildTakesTheWaitOver() {
		Rules rules = started(Strategy.REST_FOR_ONE, 9).crashes("b");
		rules.takeLog();

		rules.crashes("a");

		assertThat(rules.waits()).isOne();
		rules.advance(Duration.ofNanos(10));
		assertThat(rules.takeLog()).containsExactly("wait 10 for a", "start a", "start b", "start c");
	}

	@Test
	void othersAreServedDuringTheWait() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 9).crashes("a");
		rules.takeLog();

		rules.request(ChildRequest.Kind.COUNT, "").startChild(Rules.child("d", Restart.PERMANENT));

		assertThat(rules.takeLog()).containsExactly("reply 3/2/0/3", "start d", "reply ok");
	}

	@Test
	void dynamicChildrenWaitEachForItself() {
		Rules rules = new Rules(new DynamicSupervisor(
				DynamicSupervisorSpec.builder("d").intensity(perMinute(9)).backoff(BACKOFF).build(), () -> 0))
			.startup()
			.startChild(Rules.child("a", Restart.PERMANENT))
			.startChild(Rules.child("b", Restart.PERMANENT));
		rules.starts("a", "fail").takeLog();

		rules.crashes("a").advance(Duration.ofNanos(5)).crashes("b");
		rules.advance(Duration.ofNanos(25));
		assertThat(rules.takeLog()).containsExactly("wait 10 for a", "wait 10 for b", "start a fail", "wait 20 for a",
				"start b", "start a");

		rules.crashes("a").takeLog();
		rules.request(ChildRequest.Kind.TERMINATE, "a");
		assertThat(rules.takeLog()).containsExactly("close a", "reply ok");
		rules.crashes("b").stop();
		assertThat(rules.waits()).isZero();
	}

	@Test
	void jitterComesFromTheGivenSource() {
		Deque<Double> random = new ArrayDeque<>(List.of(0.0, 0.5, 1.0));
		RestartBackoff jittery = new RestartBackoff(Duration.ofNanos(100), Duration.ofNanos(100), 1, 0.5);
		Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
			.intensity(perMinute(9))
			.backoff(jittery)
			.child(Rules.child("a", Restart.PERMANENT))
			.build(), new Children(), random::remove)).startup().starts("a", "fail", "fail");

		rules.crashes("a").advance(Duration.ofNanos(1000));

		assertThat(rules.takeLog()).contains("wait 100 for a", "wait 75 for a", "wait 50 for a");
	}

	@Test
	void reasonOfTheEndIsTheReasonOfASpentBudget() {
		Rules rules = started(Strategy.ONE_FOR_ONE, 0);

		rules.ends("a", ExitReason.killed());

		assertThat(rules.machine.reasonToRetry(rules.get("a"))).isEqualTo(ExitReason.killed());
	}

	private static RestartIntensity perMinute(int maxRestarts) {
		return new RestartIntensity(maxRestarts, Duration.ofMinutes(1));
	}

	private static Rules started(Strategy strategy, int maxRestarts) {
		Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
			.strategy(strategy)
			.intensity(perMinute(maxRestarts))
			.backoff(BACKOFF)
			.child(Rules.child("a", Restart.PERMANENT))
			.child(Rules.child("b", Restart.PERMANENT))
			.child(Rules.child("c", Restart.PERMANENT))
			.build())).startup();
		rules.takeLog();
		return rules;
	}

}
