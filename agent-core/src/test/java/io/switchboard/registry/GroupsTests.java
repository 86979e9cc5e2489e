package io.switchboard.registry;

import java.util.List;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Groups}.
 */
class GroupsTests {

	private final TestResidents residents = new TestResidents();

	private final Groups groups = this.residents.registry.groups();

	private final Owner a = this.residents.life("/a", 1);

	private final Owner b = this.residents.life("/b", 1);

	@Test
	void whoeverJoinsTwiceLeavesTwice() {
		this.groups.join("g", this.a);
		this.groups.join("g", this.b);
		this.groups.join("g", this.a);
		assertThat(this.groups.members("g")).containsExactly(this.a, this.b, this.a);

		assertThat(this.groups.leave("g", this.a)).isTrue();
		assertThat(this.groups.members("g")).containsExactly(this.b, this.a);
		assertThat(this.groups.leave("g", this.a)).isTrue();
		assertThat(this.groups.leave("g", this.a)).isFalse();

		assertThat(this.groups.members("g")).containsExactly(this.b);
		assertThat(this.residents.at(this.a).bound.size()).isZero();
	}

	@Test
	void emptyGroupsVanish() {
		assertThat(this.groups.members("g")).isEmpty();
		this.groups.join("g", this.a);
		this.groups.join("h", this.a);
		assertThat(this.groups.all()).containsExactly("g", "h");

		this.groups.leave("g", this.a);

		assertThat(this.groups.all()).containsExactly("h");
		assertThat(this.groups.members("g")).isEmpty();
	}

	@Test
	void scopesHaveNothingToDoWithEachOther() {
		Groups other = this.residents.registry.groups("other");
		this.groups.join("g", this.a);
		other.join("g", this.b);

		assertThat(this.groups.members("g")).containsExactly(this.a);
		assertThat(other.members("g")).containsExactly(this.b);
		assertThat(this.residents.registry.groups("other")).isSameAs(other);
	}

	@Test
	void theDeadLeaveAndDoNotJoin() {
		this.groups.join("g", this.a);
		this.groups.join("g", this.a);
		this.groups.join("g", this.b);

		TestResidents.TestResidence grave = this.residents.die(this.a);
		assertThat(this.groups.members("g")).containsExactly(this.b);
		grave.bound.dispose();

		assertThat(this.groups.members("g")).containsExactly(this.b);
		assertThat(this.groups.join("g", this.a)).isFalse();
		assertThat(this.groups.join("g", Owner.at(AgentPath.of("/nobody")))).isFalse();
		assertThat(this.groups.members("g")).containsExactly(this.b);
	}

	@Test
	void aMonitorSeesTheMembersFirstAndThenEachChangeOnce() {
		this.groups.join("g", this.a);
		TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
		this.groups.monitor("g").subscribe(monitor);

		this.groups.join("g", this.b);
		this.groups.join("h", this.b);
		this.groups.join("g", this.b);
		this.groups.leave("g", this.a);
		this.residents.end(this.b);

		assertThat(monitor.getReceivedOnNext()).containsExactly(new GroupEvent.Members("g", List.of(this.a)),
				new GroupEvent.Joined("g", this.b), new GroupEvent.Joined("g", this.b),
				new GroupEvent.Left("g", this.a), new GroupEvent.Left("g", this.b), new GroupEvent.Left("g", this.b));
	}

	@Test
	void aMonitorMayBeginBeforeTheGroupAndOutliveIt() {
		TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
		this.groups.monitor("g").subscribe(monitor);

		this.groups.join("g", this.a);
		this.groups.leave("g", this.a);
		this.groups.join("g", this.a);

		assertThat(monitor.getReceivedOnNext()).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("Members", "Joined", "Left", "Joined");
		assertThat(this.groups.all()).containsExactly("g");
	}

	@Test
	void aCancelledMonitorSeesNothingMore() {
		TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
		this.groups.monitor("g").subscribe(monitor);

		monitor.cancel();
		this.groups.join("g", this.a);

		assertThat(monitor.getReceivedOnNext()).hasSize(1);
		assertThat(monitor.isTerminated()).isFalse();
	}

	@Test
	void aMonitorThatFallsBehindFailsAndMayBeginAnew() {
		TestSubscriber<GroupEvent> monitor = TestSubscriber.builder().initialRequest(0).build();
		this.groups.monitor("g").subscribe(monitor);

		for (int i = 0; i < 1000; i++) {
			this.groups.join("g", this.a);
		}
		monitor.request(Long.MAX_VALUE);

		assertThat(monitor.getReceivedOnNext()).hasSize(1000);
		assertThat(monitor.expectTerminalError()).isInstanceOf(SubscriberOverflowException.class)
			.hasMessageContaining("group 'g'");
	}

	@Test
	void aMonitorCompletesWithTheSystem() {
		TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
		this.groups.monitor("g").subscribe(monitor);

		this.residents.endSystem();

		assertThat(monitor.isTerminatedComplete()).isTrue();
	}

	@Test
	void anAgentMonitorsThroughItsMailboxUntilItStops() {
		this.groups.join("g", this.a);

		assertThat(this.groups.monitor("g", this.b)).isTrue();
		this.groups.join("g", this.a);
		this.groups.demonitor("g", this.b);
		this.groups.leave("g", this.a);

		assertThat(this.residents.at(this.b).inbox).containsExactly(new GroupEvent.Members("g", List.of(this.a)),
				new GroupEvent.Joined("g", this.a));
		assertThat(this.residents.at(this.b).bound.size()).isZero();
	}

	@Test
	void theDeadMonitorNothing() {
		TestResidents.TestResidence grave = this.residents.at(this.b);
		this.groups.monitor("g", this.b);

		this.residents.end(this.b);
		this.groups.join("g", this.a);

		assertThat(grave.inbox).hasSize(1);
		assertThat(this.groups.monitor("g", this.b)).isFalse();
	}

}
