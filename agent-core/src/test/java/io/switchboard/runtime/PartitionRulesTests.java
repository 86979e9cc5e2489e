package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.switchboard.ExitReason;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link StaticSupervisor} does when its children are partitions.
 */
class PartitionRulesTests {

	private final PartitionsInUse inUse = new PartitionsInUse(
			PartitionSupervisorSpec.builder("p", (number) -> Rules.child(Integer.toString(number), Restart.PERMANENT))
				.partitions(4)
				.intensity(new RestartIntensity(2, Duration.ofSeconds(5)))
				.build());

	private final Rules rules = new Rules(new StaticSupervisor(this.inUse, new Children())).startup();

	@Test
	void partitionsThatGoAreOutOfUseBeforeTheyAreDown() {
		this.rules.holds("3").takeLog();

		resize(2);

		assertThat(this.rules.takeLog()).containsExactly("stop 3");
		assertThat(this.inUse.count()).isEqualTo(2);
		this.rules.ends("3", ExitReason.killed());
		assertThat(this.rules.takeLog()).containsExactly("close 3", "stop 2", "close 2", "reply ok");
	}

	@Test
	void partitionsThatComeAreInUseWhenAllAreUp() {
		resize(1);
		this.rules.starts("3", "hang").takeLog();

		resize(4);

		assertThat(this.rules.takeLog()).containsExactly("start 1", "start 2", "start 3 hang");
		assertThat(this.inUse.count()).isEqualTo(1);
		Child last = this.rules.get("3");
		this.rules.input(new SupervisorInput.ChildStarted(last, last.incarnation, null));
		assertThat(this.rules.takeLog()).containsExactly("reply ok");
		assertThat(this.inUse.count()).isEqualTo(4);
	}

	@Test
	void failedStartEndsTheResize() {
		resize(0);
		this.rules.starts("1", "fail").takeLog();

		resize(4);

		assertThat(this.rules.takeLog()).containsExactly("start 0", "start 1 fail", "close 1", "reply START_FAILED");
		assertThat(this.inUse.count()).isEqualTo(1);
	}

	@Test
	void partitionStartedByHandIsLeftAlone() {
		resize(2);
		this.rules.request(ChildRequest.Kind.RESTART, "2").takeLog();

		resize(4);

		assertThat(this.rules.takeLog()).containsExactly("start 3", "reply ok");
	}

	@Test
	void resizesCostNoRestarts() {
		for (int round = 0; round < 5; round++) {
			resize(0);
			resize(4);
		}

		assertThat(this.rules.machine.restartsInWindow(0)).isZero();
	}

	@Test
	void stopOvertakesAResize() {
		this.rules.holds("3");
		resize(0);
		this.rules.takeLog();

		this.rules.stop();

		assertThat(this.rules.takeLog()).containsExactly("reply START_CANCELLED");
		this.rules.ends("3", ExitReason.shutdown());
		assertThat(this.rules.takeLog()).containsExactly("stop 2", "stop 1", "stop 0", "exit shutdown");
	}

	@Test
	void partitionThatWaitsForItsRestartWaitsNoLongerWhenItGoes() {
		this.rules.starts("3", "fail").takeLog();
		Child last = this.rules.get("3");

		this.rules.together(List.of(new SupervisorInput.ChildExited(last, 1, ExitReason.killed()),
				new SupervisorInput.Request(ChildRequest.resize(3, Set.of(), "test"))));

		assertThat(this.rules.takeLog()).containsExactly("start 3 fail", "close 3", "reply ok");
		assertThat(last.status).isEqualTo(NodeStatus.STOPPED);
	}

	@Test
	void partitionThatWaitsForItsOwnEndIsRefused() {
		this.rules.takeLog();

		this.rules.input(new SupervisorInput.Request(ChildRequest.resize(2, Set.of("2"), "test")));
		assertThat(this.rules.takeLog()).containsExactly("reply CALLED_BY_CHILD");
		assertThat(this.inUse.count()).isEqualTo(4);

		this.rules.input(new SupervisorInput.Request(ChildRequest.resize(3, Set.of("2"), "test")));
		assertThat(this.rules.takeLog()).containsExactly("stop 3", "close 3", "reply ok");
	}

	private void resize(int partitions) {
		this.rules.input(new SupervisorInput.Request(ChildRequest.resize(partitions, Set.of(), "test")));
	}

}
