package io.switchboard.test.behaviour;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.registry.GroupEvent;
import io.switchboard.registry.GroupEvent.Joined;
import io.switchboard.registry.GroupEvent.Left;
import io.switchboard.registry.GroupEvent.Members;
import io.switchboard.registry.Groups;
import io.switchboard.registry.Owner;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups of agents: who is in them while agents come and go.
 */
class GroupTests {

	private final Resident a = new Resident("a");

	private final Resident b = new Resident("b");

	private final Resident watcher = new Resident("watcher");

	@Test
	@Conforms("O9")
	@DisplayName("a monitor gets a snapshot first, then each change once, deaths included")
	void aMonitorSeesEachChangeOnce() {
		this.a.onStart((registry, self) -> registry.groups().join("g", self));
		try (TestAgentSystem system = start()) {
			TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
			groups(system).monitor("g").subscribe(monitor);
			groups(system).join("g", Owner.of(system.agent("/b")));
			crash(system, "/a");
			groups(system).leave("g", Owner.of(system.agent("/b")));

			assertThat(monitor.getReceivedOnNext()).containsExactly(new Members("g", List.of(life("/a", 1))),
					new Joined("g", place("/b")), new Left("g", life("/a", 1)), new Joined("g", life("/a", 2)),
					new Left("g", place("/b")));
		}
	}

	@Test
	@Conforms("O9")
	@DisplayName("an agent monitors by message, until it demonitors")
	void anAgentMonitorsByMessage() {
		try (TestAgentSystem system = start()) {
			groups(system).join("g", Owner.of(system.agent("/a")));
			system.agent("/watcher").tell((Resident.Use) (registry, self) -> registry.groups().monitor("g", self));
			crash(system, "/a");
			groups(system).join("g", life("/a", 2));
			system.agent("/watcher").tell((Resident.Use) (registry, self) -> {
				registry.groups().demonitor("g", self);
				return "done";
			});
			groups(system).leave("g", life("/a", 2));

			assertThat(this.watcher.received).containsExactly(new Members("g", List.of(place("/a"))),
					new Joined("g", life("/a", 2)));
		}
	}

	@Test
	@Conforms("O9")
	@DisplayName("leaving after the death is no error and no second notice")
	void leavingAfterTheDeathIsNoError() {
		try (TestAgentSystem system = start()) {
			groups(system).join("g", life("/a", 1));
			TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
			groups(system).monitor("g").subscribe(monitor);

			crash(system, "/a");

			assertThat(groups(system).leave("g", life("/a", 1))).isFalse();
			assertThat(monitor.getReceivedOnNext()).containsExactly(new Members("g", List.of(life("/a", 1))),
					new Left("g", life("/a", 1)));
		}
	}

	@Test
	void whatALifeJoinedItLeavesAndWhatAPathJoinedStays() {
		try (TestAgentSystem system = start()) {
			groups(system).join("g", life("/a", 1));
			groups(system).join("g", place("/a"));
			groups(system).join("g", place("/a"));

			crash(system, "/a");
			assertThat(groups(system).members("g")).containsExactly(place("/a"), place("/a"));
			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertThat(groups(system).members("g")).isEmpty();
			assertThat(groups(system).all()).isEmpty();
		}
	}

	@Test
	void monitorsCompleteWhenTheSystemStops() {
		TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
		try (TestAgentSystem system = start()) {
			groups(system).join("g", place("/a"));
			groups(system).monitor("g").subscribe(monitor);
		}

		assertThat(monitor.getReceivedOnNext()).containsExactly(new Members("g", List.of(place("/a"))),
				new Left("g", place("/a")));
		assertThat(monitor.isTerminatedComplete()).isTrue();
	}

	private TestAgentSystem start() {
		return TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec(), this.watcher.spec()));
	}

	private static Groups groups(TestAgentSystem system) {
		return system.system().registry().groups();
	}

	private static Owner life(String path, long incarnation) {
		return new Owner(AgentPath.of(path), incarnation);
	}

	private static Owner place(String path) {
		return Owner.at(AgentPath.of(path));
	}

	private static void crash(TestAgentSystem system, String path) {
		system.agent(path).tell(new ProbeFailure("told to fail"));
	}

}
