package io.switchboard.test.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restarts with waits between them, which are not OTP's.
 */
class SlowedRestartTests {

	private static final RestartBackoff BACKOFF = new RestartBackoff(Duration.ofSeconds(1), Duration.ofSeconds(4), 2,
			0);

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	@Test
	void waitIsVisibleAndMessagesWaitToo() {
		try (TestAgentSystem system = start(Strategy.ONE_FOR_ONE)) {
			Instant crash = now(system);
			system.agent("/a").tell(ProbeCommand.fail());
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask("waiting", String.class).subscribe(asker);

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RESTARTING).withRestarts(0);
			assertThat(until(system)).isEqualTo(crash.plusSeconds(1));
			assertThat(system.events().of(AgentEvent.RestartDelayed.class)).singleElement()
				.satisfies((event) -> assertThat(event.until()).isEqualTo(crash.plusSeconds(1)));
			system.advance(Duration.ofSeconds(1));

			assertThat(asker.getReceivedOnNext()).containsExactly("waiting");
			assertThat(until(system)).isNull();
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withRestarts(1);
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(1);
		}
	}

	@Test
	void waitsGrowWhileTheStartFails() {
		this.a.onStart(2, StartAnswer.ERROR).onStart(3, StartAnswer.ERROR).onStart(4, StartAnswer.ERROR);
		try (TestAgentSystem system = start(Strategy.ONE_FOR_ONE)) {
			Instant crash = now(system);
			system.agent("/a").tell(ProbeCommand.fail());

			system.advance(Duration.ofMinutes(1));

			assertThat(system.events().of(AgentEvent.RestartDelayed.class)).extracting(AgentEvent.RestartDelayed::until)
				.containsExactly(crash.plusSeconds(1), crash.plusSeconds(3), crash.plusSeconds(7),
						crash.plusSeconds(11));
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING);
		}
	}

	@Test
	void terminateEndsTheWait() {
		try (TestAgentSystem system = start(Strategy.ONE_FOR_ONE)) {
			system.agent("/a").tell(ProbeCommand.fail());

			system.resultOf(system.supervisor("/").terminateChild("a"));
			system.advance(Duration.ofMinutes(1));

			assertThat(until(system)).isNull();
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
			assertThat(this.a.attempts()).isOne();
		}
	}

	@Test
	void stopEndsTheWait() {
		TestAgentSystem system = start(Strategy.ONE_FOR_ONE);
		system.agent("/a").tell(ProbeCommand.fail());

		system.resultOf(system.system().stop());

		assertThat(this.a.attempts()).isOne();
		system.close();
	}

	@Test
	void groupWaitsTogether() {
		try (TestAgentSystem system = start(Strategy.ONE_FOR_ALL)) {
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(this.probes.lines()).endsWith("b stop shutdown", "b gone shutdown");
			assertThat(system.tree()).hasNode("/b").withStatus(NodeStatus.RESTARTING);
			system.advance(Duration.ofSeconds(1));

			assertThat(this.probes.lines()).endsWith("a start", "a started", "b start", "b started");
		}
	}

	@Test
	void jitterShortensTheWaitWithinItsBounds() {
		SupervisorSpec root = SupervisorSpec.builder("root")
			.intensity(Trees.perHour(9))
			.backoff(new RestartBackoff(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, 0.5))
			.child(this.a.spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(root)) {
			Instant crash = now(system);
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(until(system)).isBetween(crash.plusSeconds(5), crash.plusSeconds(10));
		}
	}

	@Test
	void dynamicChildWaitsAlone() {
		DynamicSupervisorSpec dynamic = DynamicSupervisorSpec.builder("d")
			.intensity(Trees.perHour(9))
			.backoff(BACKOFF)
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(dynamic))) {
			system.resultOf(system.supervisor("/d").startChild(this.a.spec()));
			system.agent("/d/a").tell(ProbeCommand.fail());
			system.resultOf(system.supervisor("/d").startChild(this.b.spec()));

			assertThat(system.resultOf(system.supervisor("/d").counts())).hasToString("2/1/0/2");
			system.advance(Duration.ofSeconds(1));

			assertThat(system.resultOf(system.supervisor("/d").counts())).hasToString("2/2/0/2");
		}
	}

	private TestAgentSystem start(Strategy strategy) {
		SupervisorSpec root = SupervisorSpec.builder("root")
			.strategy(strategy)
			.intensity(Trees.perHour(9))
			.backoff(BACKOFF)
			.child(this.a.spec())
			.child(this.b.spec())
			.build();
		return TestAgentSystem.start(root, this.probes);
	}

	private static Instant now(TestAgentSystem system) {
		return Instant.ofEpochMilli(system.scheduler().now(TimeUnit.MILLISECONDS));
	}

	private static @Nullable Instant until(TestAgentSystem system) {
		TreeNode node = system.tree().find(AgentPath.of("/a"));
		assertThat(node).isNotNull();
		return node.restartingUntil();
	}

}
